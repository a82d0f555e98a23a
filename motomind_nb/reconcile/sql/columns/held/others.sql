-- The rows that a target table holds. Hole: table. Columns: those of the table.
SELECT held.*
FROM {table} AS held
