-- An event's payload without the keys that the mapping knows. Hole: keys (a list of texts).
SELECT side.payload - {keys}::text[]
