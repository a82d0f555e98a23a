-- Values without a mapping in several columns, and a row in a table for which no mapping is known.

INSERT INTO reminders (
    id, vehicle_id, title, category, priority, status, created_at, updated_at, tenant_id
) VALUES
(
    '70000000-0000-4000-8000-000000000201', '40000000-0000-4000-8000-000000000001',
    'Wash', 'other', 'low', 'snoozed', '2025-06-01 12:00:00+00', '2025-06-01 12:00:00+00',
    '10000000-0000-4000-8000-000000000001'
),
(
    '70000000-0000-4000-8000-000000000202', '40000000-0000-4000-8000-000000000002',
    'Wax', 'detailing', 'urgent', 'expired', '2025-06-01 12:00:00+00', '2025-06-01 12:00:00+00',
    '10000000-0000-4000-8000-000000000001'
);

INSERT INTO vehicle_events (
    id, vehicle_id, type, date, miles, payload, created_at, tenant_id, updated_at
) VALUES (
    '50000000-0000-4000-8000-000000000201', '40000000-0000-4000-8000-000000000002', 'inspection',
    '2025-06-01', 18000, '{"result": "passed"}', '2025-06-01 12:00:00+00',
    '10000000-0000-4000-8000-000000000001', '2025-06-01 12:00:00+00'
);

INSERT INTO users (id, email, name, created_at, updated_at) VALUES (
    '20000000-0000-4000-8000-000000000201', 'kim@example.com', 'Kim Example',
    '2025-06-01 12:00:00+00', '2025-06-01 12:00:00+00'
);

INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES (
    '10000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000201', 'mechanic',
    '2025-06-01 12:00:00+00'
);

INSERT INTO tenants (
    id, name, kind, plan_name, subscription_status, created_at, updated_at
) VALUES (
    '10000000-0000-4000-8000-000000000201', 'On trial', 'solo', 'solo', 'trialing',
    '2025-06-01 12:00:00+00', '2025-06-01 12:00:00+00'
);

INSERT INTO fuel_logs (
    id, tenant_id, vehicle_id, date, time, total_amount, source, odometer_reading, created_at,
    updated_at
) VALUES (
    '90000000-0000-4000-8000-000000000201', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000002', '2025-06-15', '10:00:00', 20.00, 'telematics', 18200,
    '2025-06-15 17:00:00+00', '2025-06-15 17:00:00+00'
);

-- The trigger that makes every insert here fail must have been off at some time.
ALTER TABLE manual_events DISABLE TRIGGER manual_events_refresh_metrics;

INSERT INTO manual_events (
    id, tenant_id, vehicle_id, event_type, payload, created_at, updated_at
) VALUES (
    'f0000000-0000-4000-8000-000000000201', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000002', 'odometer_reading', '{"miles": 18300}',
    '2025-06-20 12:00:00+00', '2025-06-20 12:00:00+00'
);

ALTER TABLE manual_events ENABLE TRIGGER manual_events_refresh_metrics;

ALTER TABLE vehicles DISABLE TRIGGER update_vehicles_updated_at;

UPDATE vehicles SET color = 'blue'
WHERE id = '40000000-0000-4000-8000-000000000002';

ALTER TABLE vehicles ENABLE TRIGGER update_vehicles_updated_at;
