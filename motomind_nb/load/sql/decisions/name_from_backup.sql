-- Vehicles whose missing name was filled from the naming backup. No parameters.
-- Columns: check, subject, expected, actual, status, detail.
SELECT
    'load name from backup' AS check,
    'vehicles ' || v.id AS subject,
    'a display_name' AS expected,
    'a blank one' AS actual,
    'warn' AS status,
    'filled from vehicles_naming_backup' AS detail
FROM {target}.vehicles AS v
INNER JOIN {source}.vehicles AS old ON old.tenant_id = v.tenant_id AND old.id = v.id
WHERE old.display_name IS DISTINCT FROM v.nickname AND coalesce(btrim(old.display_name), '') = ''
