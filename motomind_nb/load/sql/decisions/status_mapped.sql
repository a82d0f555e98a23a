-- How each legacy reminder status was mapped. No parameters.
-- Columns: check, subject, expected, found, status, detail.
SELECT
    'load status mapped' AS check,
    'reminders.status ' || old.status AS subject,
    'one rebuilt status' AS expected,
    string_agg(DISTINCT r.status, ', ') AS found,
    CASE WHEN count(DISTINCT r.status) = 1 THEN 'ok' ELSE 'fail' END AS status,
    count(*) || CASE count(*) WHEN 1 THEN ' row' ELSE ' rows' END AS detail
FROM {source}.reminders AS old
INNER JOIN {target}.reminders AS r ON r.tenant_id = old.tenant_id AND r.id = old.id
GROUP BY old.status
