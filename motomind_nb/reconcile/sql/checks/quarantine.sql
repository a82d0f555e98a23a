-- Every row in quarantine is a failure until a person accepts it (the first 100 of each rule stand
-- alone). No parameters. Columns: check, subject, expected, actual, status, detail.
SELECT
    'quarantine' AS check,
    ranked.source_table || ' ' || ranked.source_id AS subject,
    'loaded' AS expected,
    'in quarantine: ' || ranked.rule AS actual,
    'fail' AS status,
    ranked.reason || CASE WHEN ranked.rows > 100 THEN ' (' || ranked.rows || ' rows like it)' ELSE '' END AS detail
FROM (
    SELECT
        q.*,
        count(*) OVER (PARTITION BY q.source_table, q.rule) AS rows,
        row_number() OVER (PARTITION BY q.source_table, q.rule ORDER BY q.source_id COLLATE "C") AS place
    FROM audit.quarantine AS q
) AS ranked
WHERE ranked.place <= 100
UNION ALL
SELECT 'quarantine', 'all sources', 'no row in quarantine', 'no row in quarantine', 'ok', ''
WHERE NOT EXISTS (SELECT FROM audit.quarantine)
