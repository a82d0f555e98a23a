-- Keys that are NULL or name more than one row, before any join relies on them. Holes: side, the
-- query of one side. Columns: fault (text), id (text, NULL where the key is NULL), rows.
SELECT
    CASE WHEN side.key_one IS NULL OR side.key_two IS NULL THEN 'NULL' ELSE 'used twice' END AS fault,
    side.key_two::text AS id,
    count(*) AS rows
FROM ({side}) AS side
GROUP BY side.key_one, side.key_two
HAVING count(*) > 1 OR side.key_one IS NULL OR side.key_two IS NULL
ORDER BY id
LIMIT 20
