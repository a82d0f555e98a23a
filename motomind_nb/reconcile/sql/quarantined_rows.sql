-- Rows in quarantine by source table; a row that broke several rules counts once. No parameters.
-- Columns: source_table, rows.
SELECT
    q.source_table,
    count(DISTINCT q.source_id) AS rows
FROM audit.quarantine AS q
GROUP BY q.source_table
