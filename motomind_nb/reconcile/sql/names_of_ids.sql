-- What people call tenants, garages and vehicles of the source. Parameters: %(ids)s (text array).
-- Columns: id, name (text).
SELECT
    named.id::text AS id,
    named.name
FROM (
    SELECT
        t.id,
        t.name
    FROM {source}.tenants AS t
    UNION ALL
    SELECT
        g.id,
        g.name
    FROM {source}.garages AS g
    UNION ALL
    SELECT
        v.id,
        v.display_name
    FROM {source}.vehicles AS v
) AS named
WHERE named.id::text IN (SELECT unnest(%(ids)s::text[]))
    AND named.name <> ''
