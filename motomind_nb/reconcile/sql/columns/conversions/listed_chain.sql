-- The number of the row's chain, as it is listed. No holes.
SELECT side.later_chain
