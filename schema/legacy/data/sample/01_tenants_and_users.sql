-- One tenant, one user. Ids are fixed and readable: the first digit names the table.

INSERT INTO tenants (
    id, name, kind, plan_name, stripe_customer_id, stripe_subscription_id, subscription_status,
    created_at, updated_at
) VALUES (
    '10000000-0000-4000-8000-000000000001', 'Cascade Household', 'solo', 'solo',
    'cus_example_0001', 'sub_example_0001', 'active',
    '2023-10-01 16:00:00+00', '2025-09-01 16:00:00+00'
);

INSERT INTO users (id, email, name, created_at, updated_at) VALUES (
    '20000000-0000-4000-8000-000000000001', 'alex@example.com', 'Alex Example',
    '2023-10-01 16:01:00+00', '2023-10-01 16:01:00+00'
);

INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES (
    '10000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000001', 'owner',
    '2023-10-01 16:02:00+00'
);
