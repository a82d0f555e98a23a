-- Traps:
--  * user 2 belongs to two tenants, once as viewer and once as owner;
--  * user 3 belongs to none, and with three tenants nothing says which one is meant;
--  * tenant 3 names a plan that plan_limits does not know.

INSERT INTO tenants (
    id, name, kind, plan_name, subscription_status, created_at, updated_at
) VALUES
(
    '10000000-0000-4000-8000-000000000002', 'Harbor Deliveries', 'org', 'team', 'past_due',
    '2023-12-01 08:00:00+00', '2025-09-02 08:00:00+00'
),
(
    '10000000-0000-4000-8000-000000000003', 'Empty Lot', 'org', 'pilot', NULL,
    '2024-12-01 08:00:00+00', '2024-12-01 08:00:00+00'
);

INSERT INTO users (id, email, name, created_at, updated_at) VALUES
(
    '20000000-0000-4000-8000-000000000002', 'sam@example.com', 'Sam Example',
    '2023-12-01 08:01:00+00', '2023-12-01 08:01:00+00'
),
(
    '20000000-0000-4000-8000-000000000003', 'nobody@example.com', 'No Member',
    '2024-02-01 08:01:00+00', '2024-02-01 08:01:00+00'
);

INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES
(
    '10000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000002', 'viewer',
    '2023-11-01 08:02:00+00'
),
(
    '10000000-0000-4000-8000-000000000002', '20000000-0000-4000-8000-000000000002', 'owner',
    '2023-12-01 08:02:00+00'
);
