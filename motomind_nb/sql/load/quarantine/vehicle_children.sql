-- Rows of a vehicle whose vehicle is missing or in quarantine, or whose tenant is not the vehicle's,
-- go to audit.quarantine; both tenants are named.
-- Hole: source, the table: vehicle_images, reminders or one of the four event sources; %(source)s: its name.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    %(source)s,
    broken.id::text,
    broken.tenant_id,
    broken.rule,
    CASE broken.rule
        WHEN 'orphan_vehicle' THEN 'vehicle ' || broken.vehicle_id || ' does not exist'
        WHEN 'vehicle_in_quarantine' THEN 'vehicle ' || broken.vehicle_id || ' is in quarantine'
        WHEN 'unknown_tenant'
            THEN 'the row names tenant ' || broken.tenant_id || ', which does not exist; its vehicle '
            || broken.vehicle_id || ' belongs to tenant ' || broken.vehicle_tenant_id
        ELSE
            'the row names tenant ' || broken.tenant_id || ', its vehicle ' || broken.vehicle_id
            || ' belongs to tenant ' || broken.vehicle_tenant_id
    END,
    to_jsonb(whole.*)
FROM (
    SELECT
        c.id,
        c.tenant_id,
        c.vehicle_id,
        v.tenant_id AS vehicle_tenant_id,
        CASE
            WHEN v.id IS NULL THEN 'orphan_vehicle'
            WHEN v.tenant_id <> c.tenant_id AND t.id IS NULL THEN 'unknown_tenant'
            WHEN v.tenant_id <> c.tenant_id THEN 'tenant_conflict'
            WHEN vq.source_id IS NOT NULL THEN 'vehicle_in_quarantine'
        END AS rule
    FROM {source} AS c
    LEFT JOIN legacy.vehicles AS v ON v.id = c.vehicle_id
    LEFT JOIN legacy.tenants AS t ON t.id = c.tenant_id
    LEFT JOIN audit.quarantine AS vq ON vq.source_table = 'vehicles' AND vq.source_id = v.id::text
) AS broken
INNER JOIN {source} AS whole ON whole.id = broken.id
WHERE broken.rule IS NOT NULL
