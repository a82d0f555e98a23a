-- How many values a JSON key has (null is none), and the sum of their hashes, each begun with the hash
-- of its row's key; null has a hash, a missing key has none. Hole: name, of the value.
SELECT
    count(nullif(valued.{name}, 'null')),
    coalesce(sum(jsonb_hash_extended(valued.{name}, valued.row_key)), 0)
