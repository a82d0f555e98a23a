-- Tenants with more than one default garage, in one finding: neither schema has a rule against it.
-- No parameters. Columns: check, subject, expected, found, status, detail.
SELECT
    'load default garages' AS check,
    'garages.is_default' AS subject,
    'at most one default garage for each tenant' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' tenant' ELSE ' tenants' END || ' with several' AS found,
    'warn' AS status,
    'all are loaded as default garages; first: ' || min(several.tenant_id::text) AS detail
FROM (
    SELECT g.tenant_id
    FROM {target}.garages AS g
    WHERE g.is_default AND g.deleted_at IS NULL
    GROUP BY g.tenant_id
    HAVING count(*) > 1
) AS several
HAVING count(*) > 0
