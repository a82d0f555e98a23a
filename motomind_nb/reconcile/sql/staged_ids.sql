-- The ids of a staged table. Holes: staged, the table; name, its name as text.
-- Columns: source (text), id (uuid).
SELECT
    {name} AS source,
    id
FROM {staged}
