-- Purpose: tenants that break a rule of public.tenants. Columns: key (text), one for each rule: true where broken.
-- Rule: name is not blank | public.tenants | quarantined
-- Rule: kind is known | public.tenants: solo or org | quarantined
-- Rule: subscription status is known | public.tenants: active, past_due, canceled or unpaid | quarantined
SELECT
    tenant.id::text AS key,
    (btrim(tenant.name) = '') AS "name is not blank",
    (tenant.kind NOT IN ('solo', 'org')) AS "kind is known",
    (tenant.subscription_status NOT IN ('active', 'past_due', 'canceled', 'unpaid')) AS "subscription status is known"
FROM legacy.tenants AS tenant
