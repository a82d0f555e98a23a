-- Purpose: the comments on one schema's relations, columns, indexes, constraints, triggers and
-- policies; the name is that of the part, empty for the relation itself.
-- Parameters: schema (text). Columns: object, kind, name, text.
SELECT
    c.relname::text AS object,
    'comment' AS kind,
    part.name,
    d.description AS text
FROM pg_catalog.pg_description AS d
CROSS JOIN LATERAL (
    SELECT
        d.objoid AS relation,
        coalesce(a.attname::text, '') AS name
    FROM (SELECT 1) AS one
    LEFT JOIN pg_catalog.pg_attribute AS a
        ON d.objsubid > 0 AND d.objoid = a.attrelid AND d.objsubid = a.attnum
    WHERE
        d.classoid = 'pg_catalog.pg_class'::regclass
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_index AS x WHERE x.indexrelid = d.objoid)
    UNION ALL
    SELECT
        x.indrelid,
        'index ' || i.relname
    FROM pg_catalog.pg_index AS x
    INNER JOIN pg_catalog.pg_class AS i ON x.indexrelid = i.oid
    WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND x.indexrelid = d.objoid
    UNION ALL
    SELECT
        k.conrelid,
        'constraint ' || k.conname
    FROM pg_catalog.pg_constraint AS k
    WHERE d.classoid = 'pg_catalog.pg_constraint'::regclass AND k.oid = d.objoid
    UNION ALL
    SELECT
        t.tgrelid,
        'trigger ' || t.tgname
    FROM pg_catalog.pg_trigger AS t
    WHERE d.classoid = 'pg_catalog.pg_trigger'::regclass AND t.oid = d.objoid
    UNION ALL
    SELECT
        p.polrelid,
        'policy ' || p.polname
    FROM pg_catalog.pg_policy AS p
    WHERE d.classoid = 'pg_catalog.pg_policy'::regclass AND p.oid = d.objoid
) AS part (relation, name)
INNER JOIN pg_catalog.pg_class AS c ON part.relation = c.oid
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY 1, 3
