-- Trap: coordinates with 13 decimals, which numeric(10,8) would round.

INSERT INTO garages (
    id, tenant_id, name, address, lat, lng, timezone, meta, created_at, updated_at, is_default,
    deleted_at
) VALUES
(
    '30000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001', 'Home',
    '1 Example Street, Portland', 45.5231441098765, -122.6764816098765, 'America/Los_Angeles',
    '{"spaces": 3, "charger": true}', '2023-10-01 16:05:00+00', '2025-01-05 09:00:00+00', true, NULL
),
(
    '30000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000001', 'Cabin',
    '2 Example Road, Bend', 44.0581728, -121.3153096, 'America/Los_Angeles',
    '{"spaces": 1}', '2023-10-02 16:05:00+00', '2023-10-02 16:05:00+00', false, NULL
),
(
    '30000000-0000-4000-8000-000000000003', '10000000-0000-4000-8000-000000000001', 'Storage unit',
    NULL, NULL, NULL, 'America/Denver',
    '{}', '2023-10-03 16:05:00+00', '2023-10-03 16:05:00+00', false, NULL
),
(
    '30000000-0000-4000-8000-000000000004', '10000000-0000-4000-8000-000000000001', 'Parents',
    '4 Example Lane, Boston', 42.3600825, -71.0588801, 'America/New_York',
    '{}', '2024-05-04 16:05:00+00', '2024-05-04 16:05:00+00', false, NULL
);
