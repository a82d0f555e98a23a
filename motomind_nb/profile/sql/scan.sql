-- Purpose: everything that one pass over a table says of its columns.
-- Identifiers: table; columns (what one of profile/parts selects, for each column).
-- Columns: rows (bigint), then one JSON array for each column: filled, lowest, highest.
SELECT count(*) AS rows, {columns}
FROM {table} AS scanned_row
