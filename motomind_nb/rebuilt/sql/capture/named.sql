-- The objects of one schema that a query of the capture names. Holes: captured (the query), schema (its
-- name). Columns: object (text).
SELECT DISTINCT line.object
FROM (
    {captured}
) AS line
WHERE line.schema = {schema}
