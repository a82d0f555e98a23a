-- One reading of each of the two vehicles, for the original design. Miles.
INSERT INTO vehicle_events (id, tenant_id, vehicle_id, type, date, miles, payload) VALUES
(
    'a0000000-0000-4000-8000-000000000005', 'a0000000-0000-4000-8000-000000000001',
    'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-04-02', 51220, '{}'
),
(
    'b0000000-0000-4000-8000-000000000005', 'b0000000-0000-4000-8000-000000000001',
    'b0000000-0000-4000-8000-000000000004', 'odometer', '2025-04-02', 10000, '{"note": "secret"}'
);
