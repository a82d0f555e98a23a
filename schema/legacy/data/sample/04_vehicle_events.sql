-- Three events of two vehicles with miles and one document.
-- Trap: updated_at of the first event is the 1970 value that script 030 wrote.

INSERT INTO vehicle_events (
    id, vehicle_id, type, date, miles, payload, created_at, tenant_id, updated_at
) VALUES
(
    '50000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000003',
    'document', '2024-07-01', NULL,
    '{"doc_type": "insurance", "title": "Policy 2024", "url": "https://files.example.com/doc/1.pdf"}',
    '2024-07-01 15:00:00+00', '10000000-0000-4000-8000-000000000001', '1970-01-01 00:00:00+00'
),
(
    '50000000-0000-4000-8000-000000000002', '40000000-0000-4000-8000-000000000004',
    'maintenance', '2025-05-03', 88210,
    '{"kind": "tires", "vendor": "Example Tires", "total_amount": 612.4}',
    '2025-05-03 18:00:00+00', '10000000-0000-4000-8000-000000000001', '2025-05-03 18:00:00+00'
),
(
    '50000000-0000-4000-8000-000000000003', '40000000-0000-4000-8000-000000000001',
    'odometer', '2025-06-28', 52040, '{"source": "manual", "notes": "before the trip"}',
    '2025-06-28 15:30:00+00', '10000000-0000-4000-8000-000000000001', '2025-06-28 15:30:00+00'
);
