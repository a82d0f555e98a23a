-- Purpose: the row level security of one schema's tables: the switches and the policies.
-- Parameters: schema (text). Columns: object, kind, name, text.
SELECT
    c.relname::text AS object,
    'row level security' AS kind,
    '' AS name,
    CASE WHEN c.relrowsecurity THEN 'on' ELSE 'off' END
    || CASE WHEN c.relforcerowsecurity THEN ', forced' ELSE '' END AS text
FROM pg_catalog.pg_class AS c
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p')
    AND NOT c.relispartition
UNION ALL
SELECT
    p.tablename::text,
    'policy',
    p.policyname::text,
    concat_ws(
        ' ', 'AS', p.permissive, 'FOR', p.cmd, 'TO', (SELECT string_agg(r.name::text, ', ' ORDER BY r.name) FROM unnest(p.roles) AS r (name)),
        'USING (' || p.qual || ')', 'WITH CHECK (' || p.with_check || ')'
    )
FROM pg_catalog.pg_policies AS p
WHERE p.schemaname = %(schema)s
ORDER BY 1, 2, 3
