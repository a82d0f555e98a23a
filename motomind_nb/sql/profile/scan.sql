-- Purpose: everything that one pass over a table says of its columns.
-- Identifiers: table; columns (one part of profile/parts for each column, as scalar subqueries:
-- their aggregates range over this query's rows).
-- Columns: rows (bigint), then one JSON array for each column: filled, lowest, highest, odd.
SELECT count(*) AS rows, {columns}
FROM {table} AS scanned_row
