-- The value as it is written. Hole: column.
SELECT side.{column}::text
