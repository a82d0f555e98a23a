-- Purpose: event triggers, which meet every change of a definition that the migration makes. Those of an
-- extension and Supabase's own are left out. Parameters: own (array of Supabase's names).
-- Columns: kind, name, depends_on, text.
SELECT
    'event trigger' AS kind,
    quote_ident(e.evtname) AS name,
    'all objects' AS depends_on,
    concat_ws(
        ' ', 'ON', e.evtevent, 'WHEN TAG IN (' || array_to_string(e.evttags, ', ') || ')',
        'EXECUTE FUNCTION', e.evtfoid::regprocedure,
        CASE e.evtenabled WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'REPLICA' WHEN 'A' THEN 'ALWAYS' END
    ) AS text
FROM pg_catalog.pg_event_trigger AS e
WHERE
    e.evtname <> ALL(%(own)s)
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend AS d
        WHERE d.classid = 'pg_catalog.pg_event_trigger'::regclass AND d.objid = e.oid AND d.deptype = 'e'
    )
ORDER BY 2
