-- Purpose: a column's default. Identifiers: table, column; expression.
ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {expression}
