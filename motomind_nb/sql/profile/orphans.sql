-- Purpose: the first values of a column that its parent table lacks.
-- Identifiers: table, column, parent, parent_column. Columns: samples (text[], up to three).
SELECT (array_agg(lost.value ORDER BY lost.value COLLATE "C"))[1:3] AS samples
FROM (
    SELECT DISTINCT child.{column}::text AS value
    FROM {table} AS child
    WHERE
        child.{column} IS NOT NULL
        AND NOT EXISTS (SELECT FROM {parent} AS parent WHERE parent.{parent_column} = child.{column})
) AS lost
