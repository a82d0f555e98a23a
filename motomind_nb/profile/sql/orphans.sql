-- Purpose: how far the values of a column exist in another table.
-- Identifiers: table, column, parent, parent_column.
-- Columns: filled, orphans (bigint: rows), samples (text[], up to three values that do not exist).
SELECT
    coalesce(sum(child.rows), 0)::bigint AS filled,
    coalesce(sum(child.rows) FILTER (WHERE child.lost), 0)::bigint AS orphans,
    coalesce(
        (array_agg(child.value::text ORDER BY child.value::text COLLATE "C") FILTER (WHERE child.lost))[1:3],
        ARRAY[]::text[]
    ) AS samples
FROM (
    SELECT
        counted.value,
        counted.rows,
        NOT EXISTS (
            SELECT FROM {parent} AS parent WHERE parent.{parent_column} = counted.value
        ) AS lost
    FROM (
        SELECT
            {column} AS value,
            count(*) AS rows
        FROM {table}
        WHERE {column} IS NOT NULL
        GROUP BY {column}
    ) AS counted
) AS child
