-- The value as the JSON value of its type; NULL is null. Hole: column.
SELECT coalesce(to_jsonb(side.{column}), 'null')
