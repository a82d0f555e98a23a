-- Relations: what they are, row level security, partition bounds and inheritance, and whether a
-- materialized view holds rows. Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    n.nspname::text AS schema,
    c.relname::text AS object,
    part.kind,
    part.name,
    part.text
FROM pg_catalog.pg_class AS c
INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_catalog.pg_am AS m ON c.relam = m.oid
LEFT JOIN pg_catalog.pg_foreign_table AS f ON c.oid = f.ftrelid
LEFT JOIN pg_catalog.pg_foreign_server AS s ON f.ftserver = s.oid
CROSS JOIN LATERAL (
    SELECT
        'relation' AS kind,
        '' AS name,
        concat_ws(
            ' ',
            CASE c.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' END,
            CASE c.relkind
                WHEN 'r' THEN 'table'
                WHEN 'p' THEN 'table partitioned by ' || pg_get_partkeydef(c.oid)
                WHEN 'v' THEN 'view'
                WHEN 'm' THEN 'materialized view'
                WHEN 'f' THEN 'foreign table of ' || s.srvname
                WHEN 'S' THEN 'sequence'
                ELSE 'composite type'
            END,
            'using ' || m.amname,
            'with ' || (
                SELECT string_agg(o.option, ', ' ORDER BY o.option)
                FROM unnest(c.reloptions || f.ftoptions) AS o (option)
            ),
            CASE c.relreplident WHEN 'f' THEN 'replica identity full' WHEN 'i' THEN 'replica identity index' END,
            CASE WHEN c.reloftype <> 0 THEN 'of ' || c.reloftype::regtype END
        ) AS text
    UNION ALL
    SELECT
        'row level security',
        '',
        CASE WHEN c.relrowsecurity THEN 'on' ELSE 'off' END
        || CASE WHEN c.relforcerowsecurity THEN ', forced' ELSE '' END
    WHERE c.relkind IN ('r', 'p', 'f')
    UNION ALL
    SELECT
        CASE WHEN c.relispartition THEN 'partition' ELSE 'inherits' END,
        h.inhparent::regclass::text,
        coalesce(pg_get_expr(c.relpartbound, c.oid), 'inherits')
        || CASE WHEN h.inhdetachpending THEN ', being detached' ELSE '' END
    FROM pg_catalog.pg_inherits AS h
    WHERE h.inhrelid = c.oid
    UNION ALL
    SELECT
        'rows',
        '',
        CASE WHEN c.relispopulated THEN 'populated' ELSE 'not populated' END
    WHERE c.relkind = 'm'
) AS part
WHERE
    n.nspname IN ('{target}', 'private', 'audit', '{source}')
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
ORDER BY 1, 2, 3, 4, 5
