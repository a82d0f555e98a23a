-- Purpose: how many rows of a column hold one value, and how many hold any.
-- Identifiers: table, column. Parameters: value (text that the column's type reads).
-- Columns: filled, equal (bigint).
SELECT
    count({column}) AS filled,
    count(*) FILTER (WHERE {column} = %(value)s) AS equal
FROM {table}
