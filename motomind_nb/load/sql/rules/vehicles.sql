-- Purpose: vehicles that break a rule of public.vehicles.
-- Columns: key (text), tenant_id; one for each rule: NULL where it is kept, else why not (code: reason).
-- Holes: kept_tenants, kept_garages: the tenants and garages that were not refused.
-- Rule: name is not blank | public.vehicles.nickname | filled from the naming backup, else quarantined
-- Rule: VIN has its form | public.vehicles: 17 capitals and digits without I, O, Q | quarantined
-- Rule: year is plausible | public.vehicles: 1900 to 2030 | quarantined
-- Rule: garage is of the same tenant | public.vehicles: key (tenant_id, garage_id) | quarantined
-- Load rule: tenant exists | public.vehicles: key tenant_id | quarantined
-- Load rule: garage exists | public.vehicles: key (tenant_id, garage_id) | quarantined
SELECT
    staged.id::text AS key,
    staged.tenant_id,
    CASE
        WHEN tenant.id IS NULL
            THEN concat('unknown_tenant: tenant ', staged.tenant_id, ' does not exist or is in quarantine')
    END AS "tenant exists",
    CASE
        WHEN staged.garage_id IS NOT NULL AND garage.id IS NULL
            THEN 'orphan_garage: garage ' || staged.garage_id || ' does not exist or is in quarantine'
    END AS "garage exists",
    CASE
        WHEN garage.tenant_id <> staged.tenant_id
            THEN
                'tenant_conflict: the vehicle belongs to tenant ' || staged.tenant_id
                || ', its garage ' || staged.garage_id || ' to tenant ' || garage.tenant_id
    END AS "garage is of the same tenant",
    CASE
        WHEN coalesce(btrim(staged.display_name), '') <> '' THEN NULL
        WHEN EXISTS (
            SELECT FROM {source}.vehicles_naming_backup AS named
            WHERE
                named.id = staged.id
                AND btrim(
                    coalesce(named.nickname, '') || coalesce(named.label, '') || coalesce(named.display_name, '')
                ) <> ''
        ) THEN 'loaded'
        ELSE 'blank_name: no name is known: not in display_name and not in the naming backup'
    END AS "name is not blank",
    CASE
        WHEN staged.vin !~ '^[A-HJ-NPR-Z0-9]{{17}}$'
            THEN 'vin_format: a VIN has 17 capital letters and digits without I, O and Q'
    END AS "VIN has its form",
    CASE
        WHEN staged.year NOT BETWEEN 1900 AND 2030
            THEN 'year_range: year must be 1900 to 2030, found ' || staged.year
    END AS "year is plausible"
FROM {source}.vehicles AS staged
LEFT JOIN {kept_tenants} AS tenant ON tenant.id = staged.tenant_id
LEFT JOIN {kept_garages} AS garage ON garage.id = staged.garage_id
