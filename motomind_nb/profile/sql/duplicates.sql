-- Purpose: whether columns tell the rows of a table apart, as far as a limit of rows is looked at.
-- Identifiers: table, columns (a list). Parameters: most (rows; one more is read to tell "more").
-- Columns (bigint): rows (all), incomplete (rows with a NULL), repeated (rows beyond the first of
-- each value).
SELECT
    coalesce(sum(found.rows), 0)::bigint AS rows,
    coalesce(sum(found.rows) FILTER (WHERE found.incomplete), 0)::bigint AS incomplete,
    coalesce(sum(found.rows - 1) FILTER (WHERE NOT found.incomplete), 0)::bigint AS repeated
FROM (
    SELECT
        count(*) AS rows,
        num_nulls({columns}) > 0 AS incomplete
    FROM (SELECT {columns} FROM {table} LIMIT %(most)s + 1) AS part
    GROUP BY {columns}
) AS found
