-- The value as it is. Hole: column.
SELECT side.{column}
