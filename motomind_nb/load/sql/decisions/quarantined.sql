-- Rows in quarantine, one finding for each source and rule: a note, the check quarantine judges them.
-- No parameters.
-- Columns: check, subject, expected, found, status, detail (text).
SELECT
    'load quarantined' AS check,
    q.source_table || ': ' || q.rule AS subject,
    'every row loaded' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' row' ELSE ' rows' END || ' in quarantine' AS found,
    'note' AS status,
    CASE WHEN count(DISTINCT q.reason) > 1 THEN 'for example: ' ELSE '' END || min(q.reason COLLATE "C") AS detail
FROM audit.quarantine AS q
GROUP BY q.source_table, q.rule
