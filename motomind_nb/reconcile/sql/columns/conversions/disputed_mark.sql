-- Whether the row is listed as disputed. No holes.
SELECT side.is_disputed
