-- Purpose: tenants that break a rule of public.tenants.
-- Columns: key (text), tenant_id; one for each rule: NULL where it is kept, else why not (code: reason).
-- Rule: name is not blank | public.tenants | quarantined
-- Rule: kind is known | public.tenants: solo or org | quarantined
-- Rule: subscription status is known | public.tenants: active, past_due, canceled or unpaid | quarantined
SELECT
    staged.id::text AS key,
    staged.id AS tenant_id,
    CASE
        WHEN coalesce(btrim(staged.name), '') = '' THEN 'blank_name: a tenant needs a name that is not blank'
    END AS "name is not blank",
    CASE
        WHEN coalesce(staged.kind, '') NOT IN ('solo', 'org')
            THEN 'unknown_kind: kind must be solo or org, found ' || coalesce(staged.kind, 'NULL')
    END AS "kind is known",
    CASE
        WHEN staged.subscription_status NOT IN ('active', 'past_due', 'canceled', 'unpaid')
            THEN 'unknown_subscription_status: subscription_status is unknown: ' || staged.subscription_status
    END AS "subscription status is known"
FROM {source}.tenants AS staged
