-- Purpose: note the keys of one rebuilt table that differ from what the projections give of legacy: new
-- (written since), changed, gone (deleted since). Holes: expected, loaded (the two sides). Parameters:
-- name (of the table).
INSERT INTO pg_temp.motomind_written (table_name, kind, key_one, key_two)
SELECT
    %(name)s,
    CASE WHEN expected.key_two IS NULL THEN 'new' WHEN loaded.key_two IS NULL THEN 'gone' ELSE 'changed' END,
    coalesce(loaded.key_one, expected.key_one),
    coalesce(loaded.key_two, expected.key_two)
FROM ({expected}) AS expected
FULL JOIN ({loaded}) AS loaded
    ON expected.key_one = loaded.key_one AND expected.key_two = loaded.key_two
WHERE expected.key_two IS NULL OR loaded.key_two IS NULL OR expected.whole *<> loaded.whole
