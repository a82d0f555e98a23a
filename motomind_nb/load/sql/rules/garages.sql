-- Purpose: garages that break a rule of public.garages.
-- Columns: key (text), tenant_id; one for each rule: NULL where it is kept, else why not (code: reason).
-- Hole: kept_tenants: the tenants that were not refused.
-- Rule: name is not blank | public.garages | quarantined
-- Load rule: tenant exists | public.garages: key tenant_id | quarantined
SELECT
    staged.id::text AS key,
    staged.tenant_id,
    CASE
        WHEN tenant.id IS NULL
            THEN concat('unknown_tenant: tenant ', staged.tenant_id, ' does not exist or is in quarantine')
    END AS "tenant exists",
    CASE
        WHEN coalesce(btrim(staged.name), '') = '' THEN 'blank_name: a garage needs a name that is not blank'
    END AS "name is not blank"
FROM {source}.garages AS staged
LEFT JOIN {kept_tenants} AS tenant ON tenant.id = staged.tenant_id
