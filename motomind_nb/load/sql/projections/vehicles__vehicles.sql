-- vehicles -> public.vehicles: display_name becomes nickname, the manufacturer's facts get their
-- rebuilt names (miles per gallon keep the fraction; the service interval is in miles).
-- No parameters. A missing name is filled from the naming backup: nickname, label, display name.
SELECT
    v.id,
    v.tenant_id,
    v.garage_id,
    CASE WHEN btrim(v.display_name) <> '' THEN v.display_name ELSE coalesce(b.name, v.display_name) END
        AS nickname,
    v.make,
    v.model,
    v.vin,
    v.year,
    v.baseline_fuel_mpg AS manufacturer_mpg,
    v.baseline_service_interval_miles AS manufacturer_service_interval_miles,
    v.notes,
    v.enrichment,
    v.service_intervals,
    v.smart_defaults,
    v.hero_image_url,
    v.created_at,
    v.updated_at,
    v.deleted_at,
    NULL::uuid AS created_by,
    NULL::uuid AS updated_by,
    NULL::uuid AS deleted_by
FROM audit.loadable_vehicles AS v
LEFT JOIN (
    SELECT DISTINCT ON (named.id)
        named.id,
        named.name
    FROM (
        SELECT
            n.id,
            n.backup_created_at,
            coalesce(
                CASE WHEN btrim(n.nickname) <> '' THEN n.nickname END,
                CASE WHEN btrim(n.label) <> '' THEN n.label END,
                CASE WHEN btrim(n.display_name) <> '' THEN n.display_name END
            ) AS name
        FROM {source}.vehicles_naming_backup AS n
    ) AS named
    WHERE named.name IS NOT NULL
    ORDER BY named.id, named.backup_created_at DESC NULLS LAST, named.name COLLATE "C"
) AS b ON b.id = v.id
