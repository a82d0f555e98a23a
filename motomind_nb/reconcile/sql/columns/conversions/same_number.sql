-- A number without the zeros behind it: 17.5000 and 17.5 are the same. Hole: column.
SELECT trim_scale(side.{column}::numeric)
