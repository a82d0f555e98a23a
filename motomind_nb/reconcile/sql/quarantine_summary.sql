-- Rows in quarantine by source and rule, each with the reason of its first row. No parameters.
-- Columns: source_table, rule, rows, reason.
SELECT
    q.source_table,
    q.rule,
    count(*) AS rows,
    (array_agg(q.reason ORDER BY q.source_id COLLATE "C"))[1] AS reason
FROM audit.quarantine AS q
GROUP BY q.source_table, q.rule
ORDER BY q.source_table COLLATE "C", q.rule COLLATE "C"
