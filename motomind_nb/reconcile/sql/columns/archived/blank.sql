-- Whether a text is blank. Hole: column.
SELECT trim(side.{column}) = ''
