-- Purpose: the rows of a table by the year of a date column.
-- Identifiers: table, column. Columns: year (int, NULL without a finite date), rows (bigint).
SELECT
    CASE WHEN isfinite(counted.day) THEN extract(YEAR FROM counted.day)::integer END AS year,
    sum(counted.rows)::bigint AS rows
FROM (
    SELECT
        {column} AS day,
        count(*) AS rows
    FROM {table}
    GROUP BY {column}
) AS counted
GROUP BY 1
ORDER BY 1
