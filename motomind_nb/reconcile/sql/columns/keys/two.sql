-- The hash of a key of two columns, to which the hashes of a row's values are bound. Holes: first
-- and last, the columns.
SELECT uuid_hash_extended(side.{first}, uuid_hash_extended(side.{last}, 0))
