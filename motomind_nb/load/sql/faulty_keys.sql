-- The keys of a staged table that are NULL or stand in several rows.
-- Holes: table; key (the text of a row's key). Columns: key (text, NULL where a part is), rows.
SELECT
    {key} AS key,
    count(*) AS rows
FROM {table} AS staged
GROUP BY 1
HAVING count(*) > 1 OR {key} IS NULL
ORDER BY 1 NULLS FIRST
