-- Policies: command, roles, whether permissive, both expressions.
-- Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    p.schemaname::text AS schema,
    p.tablename::text AS object,
    'policy' AS kind,
    p.policyname::text AS name,
    concat_ws(
        ' ',
        'AS', p.permissive, 'FOR', p.cmd, 'TO',
        (SELECT string_agg(r.name::text, ', ' ORDER BY r.name) FROM unnest(p.roles) AS r (name)),
        'USING (' || p.qual || ')',
        'WITH CHECK (' || p.with_check || ')'
    ) AS text
FROM pg_catalog.pg_policies AS p
WHERE p.schemaname IN ('{target}', 'private', 'audit', '{source}')
ORDER BY 1, 2, 4
