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
FROM legacy.tenants AS t
WHERE NOT EXISTS (
    SELECT FROM audit.quarantine AS q
    WHERE q.source_table = 'tenants' AND q.source_id = t.id::text
)
