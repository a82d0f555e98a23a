-- Purpose: a column that the server numbers. Identifiers: table, column; generation.
ALTER TABLE {table} ALTER COLUMN {column} ADD {generation}
