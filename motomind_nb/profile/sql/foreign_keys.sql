-- Purpose: the references that the staged copy declares and the server has checked, one column each.
-- Columns: object, column_name, parent, parent_column, constraint_name (text).
SELECT
    child.relname::text AS object,
    child_column.attname::text AS column_name,
    parent.relname::text AS parent,
    parent_column.attname::text AS parent_column,
    key.conname::text AS constraint_name
FROM pg_catalog.pg_constraint AS key
INNER JOIN pg_catalog.pg_class AS child ON child.oid = key.conrelid
INNER JOIN pg_catalog.pg_class AS parent ON parent.oid = key.confrelid
INNER JOIN pg_catalog.pg_attribute AS child_column
    ON child_column.attrelid = key.conrelid AND child_column.attnum = key.conkey[1]
INNER JOIN pg_catalog.pg_attribute AS parent_column
    ON parent_column.attrelid = key.confrelid AND parent_column.attnum = key.confkey[1]
WHERE
    key.contype = 'f' AND key.convalidated AND cardinality(key.conkey) = 1
    AND child.relnamespace = to_regnamespace('{source}')
    AND parent.relnamespace = to_regnamespace('{source}')
ORDER BY child.relname COLLATE "C", child_column.attnum
