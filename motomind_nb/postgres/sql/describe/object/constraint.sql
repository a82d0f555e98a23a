-- Purpose: the constraints of one schema's tables. NOT NULL is a fact of the column.
-- Parameters: schema (text). Columns: object, kind, name, text.
SELECT
    c.relname::text AS object,
    CASE k.contype
        WHEN 'p' THEN 'primary key'
        WHEN 'u' THEN 'unique'
        WHEN 'c' THEN 'check'
        WHEN 'x' THEN 'exclusion'
        ELSE CASE
            WHEN r.relnamespace = c.relnamespace THEN 'foreign key' ELSE 'outside foreign key'
        END
    END AS kind,
    k.conname::text AS name,
    pg_get_constraintdef(k.oid, true) AS text
FROM pg_catalog.pg_constraint AS k
INNER JOIN pg_catalog.pg_class AS c ON k.conrelid = c.oid
LEFT JOIN pg_catalog.pg_class AS r ON k.confrelid = r.oid
WHERE
    c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND k.contype IN ('p', 'u', 'c', 'x', 'f')
ORDER BY 1, 3
