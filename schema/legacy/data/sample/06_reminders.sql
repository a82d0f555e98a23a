-- All four statuses. Due dates lie in the past, so that no score depends on the day of the refresh.
-- Traps: the first is due on the very day it was created at midnight UTC, which the rule allows in
-- UTC and rejects in any zone east of it (its due date was set by script 036); two reminders of one
-- vehicle make fleet_overview count that vehicle twice.

INSERT INTO reminders (
    id, vehicle_id, title, description, category, priority, due_date, due_miles, status, source,
    dedupe_key, created_at, updated_at, tenant_id
) VALUES
(
    '70000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000001',
    'Renew registration', 'Two-year tag', 'registration', 'high', '2025-06-01', NULL, 'open', 'user',
    'registration:1', '2025-06-01 00:00:00+00', '2025-06-01 00:00:00+00',
    '10000000-0000-4000-8000-000000000001'
),
(
    '70000000-0000-4000-8000-000000000002', '40000000-0000-4000-8000-000000000001',
    'Oil change', NULL, 'maintenance', 'medium', '2025-09-15', 54000, 'scheduled', 'user',
    'maintenance:1', '2025-06-20 14:00:00+00', '2025-07-05 14:00:00+00',
    '10000000-0000-4000-8000-000000000001'
),
(
    '70000000-0000-4000-8000-000000000003', '40000000-0000-4000-8000-000000000003',
    'Emissions test', NULL, 'emissions', 'low', '2024-02-01', NULL, 'done', 'user',
    NULL, '2024-02-20 10:00:00+00', '2024-02-21 10:00:00+00',
    '10000000-0000-4000-8000-000000000001'
),
(
    '70000000-0000-4000-8000-000000000004', '40000000-0000-4000-8000-000000000004',
    'Brake inspection', 'Squeaks when cold', 'inspection', 'medium', NULL, 90000, 'dismissed', 'user',
    NULL, '2025-05-04 10:00:00+00', '2025-05-30 10:00:00+00',
    '10000000-0000-4000-8000-000000000001'
);
