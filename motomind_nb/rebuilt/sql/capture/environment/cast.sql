-- Casts that people or extensions made: they change what every query means.
-- Parameters: none. Columns: object, kind, name, text.
SELECT
    said.type || ' ' || said.identity AS object,
    'cast' AS kind,
    '' AS name,
    concat_ws(
        ' ',
        CASE k.castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'as assignment' ELSE 'explicit' END,
        CASE k.castmethod WHEN 'b' THEN 'of the same bytes' WHEN 'i' THEN 'by the text' END,
        'calls ' || nullif(k.castfunc, 0)::regprocedure
    ) AS text
FROM pg_catalog.pg_cast AS k
CROSS JOIN LATERAL pg_identify_object('pg_catalog.pg_cast'::regclass, k.oid, 0) AS said
WHERE k.oid >= 16384  -- the first oid that is not the server's own
ORDER BY 1;
