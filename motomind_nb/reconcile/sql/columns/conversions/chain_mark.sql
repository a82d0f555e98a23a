-- The number of the meter of which the row is a reading, 1 for the first. No holes.
SELECT side.chain_number::text
