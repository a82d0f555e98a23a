-- Constraints of tables and domains, with their validity; one that a partition has from its parent
-- bears the parent's name. NOT NULL is a fact of the column, unless it is not valid or not handed
-- down: PostgreSQL 18 has a row for each, older ones for none.
-- Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    n.nspname::text AS schema,
    coalesce(c.relname::text, 'type ' || t.typname) AS object,
    'constraint' AS kind,
    coalesce(p.conname, k.conname)::text AS name,
    pg_get_constraintdef(k.oid) AS text
FROM pg_catalog.pg_constraint AS k
INNER JOIN pg_catalog.pg_namespace AS n ON k.connamespace = n.oid
LEFT JOIN pg_catalog.pg_class AS c ON k.conrelid = c.oid
LEFT JOIN pg_catalog.pg_type AS t ON k.contypid = t.oid
LEFT JOIN pg_catalog.pg_constraint AS p ON k.conparentid = p.oid
WHERE
    n.nspname IN ('{target}', 'private', 'audit', '{source}')
    AND k.contype <> 't'
    AND (k.contype <> 'n' OR NOT k.convalidated OR k.connoinherit)
ORDER BY 1, 2, 4, 5
