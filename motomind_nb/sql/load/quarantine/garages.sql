-- Garages whose tenant is missing or in quarantine, or whose name is blank, go to
-- audit.quarantine. No parameters.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    'garages',
    broken.id::text,
    broken.tenant_id,
    broken.rule,
    CASE broken.rule
        WHEN 'unknown_tenant' THEN 'tenant ' || broken.tenant_id || ' does not exist or is in quarantine'
        ELSE 'a garage needs a name that is not blank'
    END,
    broken.source_row
FROM (
    SELECT
        g.*,
        to_jsonb(g.*) AS source_row,
        CASE
            WHEN t.id IS NULL OR tq.source_id IS NOT NULL THEN 'unknown_tenant'
            WHEN coalesce(btrim(g.name), '') = '' THEN 'blank_name'
        END AS rule
    FROM legacy.garages AS g
    LEFT JOIN legacy.tenants AS t ON t.id = g.tenant_id
    LEFT JOIN audit.quarantine AS tq ON tq.source_table = 'tenants' AND tq.source_id = g.tenant_id::text
) AS broken
WHERE broken.rule IS NOT NULL
