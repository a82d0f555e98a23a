-- Event triggers, with what their functions do. Parameters: none.
-- Columns: object, kind, name, text.
SELECT
    'event trigger ' || e.evtname AS object,
    part.kind,
    '' AS name,
    part.text
FROM pg_catalog.pg_event_trigger AS e
INNER JOIN pg_catalog.pg_roles AS r ON e.evtowner = r.oid
INNER JOIN pg_catalog.pg_proc AS p ON e.evtfoid = p.oid
CROSS JOIN LATERAL (
    VALUES
    (
        'event trigger',
        concat_ws(
            ' ', 'on', e.evtevent, 'for ' || array_to_string(e.evttags, ', '), 'calls', e.evtfoid::regproc,
            'owner', r.rolname,
            CASE e.evtenabled
                WHEN 'D' THEN 'disabled' WHEN 'A' THEN 'always' WHEN 'R' THEN 'replica only'
            END
        )
    ),
    (
        'body',
        concat_ws(
            ' ', CASE WHEN p.prosecdef THEN 'security definer' END,
            'set ' || array_to_string(p.proconfig, ', '), p.prosrc
        )
    )
) AS part (kind, text)
ORDER BY 1, 2;
