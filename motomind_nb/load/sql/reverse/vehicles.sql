-- public.vehicles -> vehicles: nickname becomes display_name, the manufacturer's facts their old names
-- (miles per gallon; the service interval in miles). No parameters. Columns: those of the old table.
-- The authors have no home there.
SELECT
    v.id,
    v.tenant_id,
    v.make,
    v.model,
    v.vin,
    v.manufacturer_mpg AS baseline_fuel_mpg,
    v.manufacturer_service_interval_miles AS baseline_service_interval_miles,
    v.notes,
    v.created_at,
    v.updated_at,
    v.garage_id,
    v.enrichment,
    v.service_intervals,
    v.smart_defaults,
    v.deleted_at,
    v.hero_image_url,
    v.nickname AS display_name,
    v.year
FROM {target}.vehicles AS v
