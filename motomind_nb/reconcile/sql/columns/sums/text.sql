-- How many values a column has, and the sum of their hashes, each begun with the hash of its row's
-- key. Hole: name, of the value.
SELECT
    count(valued.{name}),
    coalesce(sum(hashtextextended(valued.{name}::text COLLATE "C", valued.row_key)), 0)
