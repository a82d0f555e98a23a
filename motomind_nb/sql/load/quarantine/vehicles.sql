-- Vehicles that a rule of the target refuses go to audit.quarantine: their tenant or garage is
-- missing, the garage is another tenant's, no name is known even from the naming backup, or VIN or
-- year break their rule. No parameters.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    'vehicles',
    broken.id::text,
    broken.tenant_id,
    broken.rule,
    CASE broken.rule
        WHEN 'unknown_tenant' THEN 'tenant ' || broken.tenant_id || ' does not exist or is in quarantine'
        WHEN 'orphan_garage' THEN 'garage ' || broken.garage_id || ' does not exist or is in quarantine'
        WHEN 'tenant_conflict'
            THEN 'the vehicle belongs to tenant ' || broken.tenant_id
            || ', its garage ' || broken.garage_id || ' to tenant ' || broken.garage_tenant_id
        WHEN 'blank_name' THEN 'no name is known: not in display_name and not in the naming backup'
        WHEN 'vin_format' THEN 'a VIN has 17 capital letters and digits without I, O and Q'
        ELSE 'year must be 1900 to 2030, found ' || broken.year
    END,
    broken.source_row
FROM (
    SELECT
        v.*,
        to_jsonb(v.*) AS source_row,
        g.tenant_id AS garage_tenant_id,
        CASE
            WHEN t.id IS NULL OR tq.source_id IS NOT NULL THEN 'unknown_tenant'
            WHEN v.garage_id IS NOT NULL AND (g.id IS NULL OR gq.source_id IS NOT NULL) THEN 'orphan_garage'
            WHEN g.tenant_id <> v.tenant_id THEN 'tenant_conflict'
            WHEN coalesce(btrim(v.display_name), '') = '' AND NOT EXISTS (
                SELECT FROM legacy.vehicles_naming_backup AS n
                WHERE n.id = v.id
                    AND btrim(coalesce(n.nickname, '') || coalesce(n.label, '') || coalesce(n.display_name, '')) <> ''
            ) THEN 'blank_name'
            WHEN v.vin !~ '^[A-HJ-NPR-Z0-9]{{17}}$' THEN 'vin_format'
            WHEN v.year NOT BETWEEN 1900 AND 2030 THEN 'year_range'
        END AS rule
    FROM legacy.vehicles AS v
    LEFT JOIN legacy.tenants AS t ON t.id = v.tenant_id
    LEFT JOIN legacy.garages AS g ON g.id = v.garage_id
    LEFT JOIN audit.quarantine AS tq ON tq.source_table = 'tenants' AND tq.source_id = v.tenant_id::text
    LEFT JOIN audit.quarantine AS gq ON gq.source_table = 'garages' AND gq.source_id = v.garage_id::text
) AS broken
WHERE broken.rule IS NOT NULL
