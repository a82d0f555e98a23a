-- Purpose: what the rebuilt database consists of, by schema and kind.
-- Columns: schema, kind, objects (count).
SELECT schema, kind, count(*) AS objects
FROM (
    SELECT
        c.relnamespace::regnamespace::text AS schema,
        CASE
            WHEN c.relispartition AND c.relkind = 'r' THEN 'partition'
            WHEN c.relkind IN ('r', 'p') THEN 'table'
            WHEN c.relkind = 'v' THEN 'view'
            WHEN c.relkind = 'm' THEN 'materialized view'
            WHEN c.relkind IN ('i', 'I') THEN 'index'
        END AS kind
    FROM pg_class AS c
    UNION ALL
    SELECT p.pronamespace::regnamespace::text, 'function' FROM pg_proc AS p
    UNION ALL
    SELECT c.relnamespace::regnamespace::text, 'trigger'
    FROM pg_trigger AS t
    INNER JOIN pg_class AS c ON t.tgrelid = c.oid
    WHERE NOT t.tgisinternal
    UNION ALL
    SELECT c.relnamespace::regnamespace::text, 'policy'
    FROM pg_policy AS p
    INNER JOIN pg_class AS c ON p.polrelid = c.oid
) AS made
WHERE schema IN ('{target}', 'private') AND kind IS NOT NULL
GROUP BY schema, kind
ORDER BY schema DESC, kind
