-- Purpose: tenants that break a rule of public.tenants. Columns: key, rule (text).
-- Rule: name is not blank | public.tenants | quarantined
-- Rule: kind is known | public.tenants: solo or org | quarantined
-- Rule: subscription status is known | public.tenants: active, past_due, canceled or unpaid | quarantined
SELECT
    tenant.id::text AS key,
    unnest(ARRAY[
        CASE WHEN btrim(tenant.name) = '' THEN 'name is not blank' END,
        CASE WHEN tenant.kind NOT IN ('solo', 'org') THEN 'kind is known' END,
        CASE
            WHEN tenant.subscription_status NOT IN ('active', 'past_due', 'canceled', 'unpaid')
                THEN 'subscription status is known'
        END
    ]) AS rule
FROM legacy.tenants AS tenant
