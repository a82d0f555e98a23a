-- The hash of a row's key, to which the hashes of its values are bound. Hole: first, the key.
SELECT uuid_hash_extended(side.{first}, 0)
