-- tenants -> public.tenants: every column keeps its name.
-- No parameters. deleted_at is new and stays empty: the legacy table knew no soft deletion.
SELECT
    t.id,
    t.name,
    t.kind,
    t.plan_name,
    t.stripe_customer_id,
    t.stripe_subscription_id,
    t.subscription_status,
    t.created_at,
    t.updated_at,
    NULL::timestamptz AS deleted_at
FROM audit.loadable_tenants AS t
