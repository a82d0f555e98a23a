-- Purpose: the rows of a table by the year of a date column.
-- Identifiers: table, column. Columns: year (int, NULL without a finite date), rows (bigint).
SELECT
    CASE WHEN isfinite({column}) THEN extract(YEAR FROM {column})::integer END AS year,
    count(*) AS rows
FROM {table}
GROUP BY 1
ORDER BY 1
