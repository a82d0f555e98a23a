-- Purpose: the unique indexes of the staged copy's tables.
-- Columns: object, columns, kind (primary key, unique), condition (text, '' without one).
SELECT
    class.relname::text AS object,
    (
        SELECT string_agg(attribute.attname::text, ', ' ORDER BY part.place)
        FROM unnest(index.indkey::smallint[]) WITH ORDINALITY AS part (number, place)
        INNER JOIN pg_catalog.pg_attribute AS attribute
            ON attribute.attrelid = class.oid AND attribute.attnum = part.number
    ) AS columns,
    CASE WHEN index.indisprimary THEN 'primary key' ELSE 'unique' END AS kind,
    coalesce(pg_get_expr(index.indpred, class.oid), '') AS condition
FROM pg_catalog.pg_index AS index
INNER JOIN pg_catalog.pg_class AS class ON class.oid = index.indrelid
WHERE
    index.indisunique AND class.relkind IN ('r', 'p')
    AND class.relnamespace = to_regnamespace('{source}')
ORDER BY
    class.relname COLLATE "C", index.indisprimary DESC,
    pg_get_indexdef(index.indexrelid) COLLATE "C"
