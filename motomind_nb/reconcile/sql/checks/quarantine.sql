-- Every row in quarantine, by table and rule: a failure until a person accepts it. No parameters.
-- Columns: check, subject, expected, found, status, detail, key (the row's id; text).
SELECT
    'quarantine' AS check,
    q.source_table || ': ' || q.rule AS subject,
    'every row loaded' AS expected,
    q.reason AS found,
    'fail' AS status,
    'in quarantine: correct the rows in the source, or accept that they stay behind' AS detail,
    q.source_id AS key
FROM audit.quarantine AS q
UNION ALL
SELECT 'quarantine', 'all sources', 'no row in quarantine', 'no row in quarantine', 'ok', '', NULL
WHERE NOT EXISTS (SELECT FROM audit.quarantine)
