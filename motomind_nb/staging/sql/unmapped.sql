-- Purpose: the values of one column that have no mapping.
-- Identifiers: table, column. Parameters: known (text[]).
-- Columns: value (text, NULL included), rows (bigint).
SELECT
    {column}::text AS value,
    count(*) AS rows
FROM {table}
WHERE {column} IS NULL OR {column}::text <> ALL(%(known)s::text[])
GROUP BY 1
ORDER BY 1
