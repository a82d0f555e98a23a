-- Keys that are NULL or name more than one row, before any join relies on them. Holes: side, the
-- query of one side; name, what it is called; place, source or target (both as text).
-- Columns: check, subject, expected, found, status, detail, key (the id; text).
SELECT
    'keys' AS check,
    {name} || ' in the ' || {place} AS subject,
    'one row for each key' AS expected,
    CASE
        WHEN side.key_one IS NULL OR side.key_two IS NULL THEN 'NULL in '
        ELSE 'used by '
    END || count(*) || CASE count(*) WHEN 1 THEN ' row' ELSE ' rows' END AS found,
    'fail' AS status,
    'rows that share a key cannot be told apart' AS detail,
    coalesce(side.key_two::text, 'NULL') AS key
FROM ({side}) AS side
GROUP BY side.key_one, side.key_two
HAVING count(*) > 1 OR side.key_one IS NULL OR side.key_two IS NULL
