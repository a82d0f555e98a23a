-- Purpose: how many rows were written since, by table and kind. Columns: table_name, kind, rows.
SELECT
    noted.table_name,
    noted.kind,
    count(*) AS rows
FROM pg_temp.motomind_written AS noted
GROUP BY noted.table_name, noted.kind
ORDER BY noted.table_name, noted.kind
