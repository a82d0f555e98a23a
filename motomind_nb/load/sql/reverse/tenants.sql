-- public.tenants -> tenants: every column keeps its name. No parameters.
-- Columns: those of the old table. deleted_at has no home there.
SELECT
    t.id,
    t.name,
    t.kind,
    t.plan_name,
    t.stripe_customer_id,
    t.stripe_subscription_id,
    t.subscription_status,
    t.created_at,
    t.updated_at
FROM {target}.tenants AS t
