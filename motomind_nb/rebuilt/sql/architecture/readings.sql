-- One reading of each of the two vehicles, for the rebuilt design. Miles. The chain is given, so
-- that a missing trigger shows in the proofs and not here.
INSERT INTO vehicle_events (id, tenant_id, vehicle_id, type, date, miles, chain, payload) VALUES
(
    'a0000000-0000-4000-8000-000000000005', 'a0000000-0000-4000-8000-000000000001',
    'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-04-02', 51220, 1, '{}'
),
(
    'b0000000-0000-4000-8000-000000000005', 'b0000000-0000-4000-8000-000000000001',
    'b0000000-0000-4000-8000-000000000004', 'odometer', '2025-04-02', 10000, 1, '{"note": "secret"}'
);
