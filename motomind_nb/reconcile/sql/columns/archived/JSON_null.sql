-- Whether a JSON value is null, which is not the same as no value. Hole: column.
SELECT side.{column} = 'null'
