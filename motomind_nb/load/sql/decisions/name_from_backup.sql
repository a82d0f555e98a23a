-- Vehicles whose missing name was filled from the naming backup, in one finding. No parameters.
-- Columns: check, subject, expected, found, status, detail.
SELECT
    'load name from backup' AS check,
    'vehicles.display_name' AS subject,
    'a name' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' row' ELSE ' rows' END || ' with a blank one' AS found,
    'warn' AS status,
    'filled from vehicles_naming_backup; first: ' || min(v.id::text) AS detail
FROM {target}.vehicles AS v
INNER JOIN {source}.vehicles AS old ON old.tenant_id = v.tenant_id AND old.id = v.id
WHERE old.display_name IS DISTINCT FROM v.nickname AND coalesce(btrim(old.display_name), '') = ''
HAVING count(*) > 0
