-- Purpose: how the finite numbers of a column lie between round borders.
-- Identifiers: table, column. Parameter: %(borders)s, ascending (numeric[], the column's unit).
-- Columns: bin (int, 0 below the first border, n from the n-th border on), rows (bigint).
SELECT
    width_bucket({column}::numeric, %(borders)s::numeric[]) AS bin,
    count(*) AS rows
FROM {table}
WHERE {column}::text NOT IN ('NaN', 'Infinity', '-Infinity')
GROUP BY 1
ORDER BY 1
