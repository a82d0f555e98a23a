-- Traps (each with the vehicle that shows it):
--  6  one typo (535,000) after which 53,600 and 53,900 go on: a check on "never lower" blocks it;
--  7  99,999 backdated before 51,220; later readings typed before earlier ones;
--  16 a document with 9,000,000 miles, junk payloads (null and negative amounts, "NaN", a comma as
--     decimal sign, null kind, empty doc_type, a list, a bare string), a date of 1900;
--  17 the same event twice; 54,000 and 53,500 on one day;
--  1  an event that names another tenant than its vehicle.

INSERT INTO vehicle_events (
    id, vehicle_id, type, date, miles, payload, created_at, tenant_id, updated_at
)
SELECT
    ('50000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
    ('40000000-0000-4000-8000-' || lpad(vehicle::text, 12, '0'))::uuid,
    type,
    date,
    miles,
    payload::jsonb,
    created_at,
    '10000000-0000-4000-8000-000000000002',
    created_at
FROM (
    VALUES
    (
        101, 6, 'odometer', date '2025-03-01', 52800, '{"source": "manual"}',
        timestamptz '2025-03-01 13:00:00+00'
    ),
    (102, 6, 'odometer', '2025-04-01', 53100, '{"source": "manual"}', '2025-04-01 13:00:00+00'),
    (103, 6, 'odometer', '2025-05-01', 535000, '{"source": "manual"}', '2025-05-01 13:00:00+00'),
    (104, 6, 'odometer', '2025-06-01', 53600, '{"source": "manual"}', '2025-06-01 13:00:00+00'),
    (105, 6, 'odometer', '2025-07-01', 53900, '{"source": "manual"}', '2025-07-01 13:00:00+00'),
    (111, 7, 'odometer', '2025-04-02', 51220, '{}', '2025-04-02 13:00:00+00'),
    (112, 7, 'odometer', '2025-02-02', 50100, '{}', '2025-04-02 13:05:00+00'),
    (113, 7, 'odometer', '2024-12-20', 49000, '{}', '2025-04-02 13:06:00+00'),
    (114, 7, 'odometer', '2025-01-05', 99999, '{}', '2025-04-02 13:10:00+00'),
    (115, 7, 'odometer', '2025-05-02', 51900, '{}', '2025-05-02 13:00:00+00'),
    (121, 16, 'odometer', '2025-01-10', 30100, '{}', '2025-01-10 13:00:00+00'),
    (
        122, 16, 'fuel', '2025-01-20', NULL, '{"total_amount": null, "gallons": -5}',
        '2025-01-20 13:00:00+00'
    ),
    (
        123, 16, 'fuel', '2025-01-21', NULL, '{"total_amount": "NaN", "gallons": "12,50"}',
        '2025-01-21 13:00:00+00'
    ),
    (
        124, 16, 'maintenance', '2025-01-22', 30400, '{"kind": null, "total_amount": "12,50"}',
        '2025-01-22 13:00:00+00'
    ),
    (125, 16, 'document', '2025-01-23', 9000000, '{"doc_type": ""}', '2025-01-23 13:00:00+00'),
    (126, 16, 'odometer', '2025-02-10', 30900, '[]', '2025-02-10 13:00:00+00'),
    (127, 16, 'odometer', '2025-03-10', 31700, '"typed by hand"', '2025-03-10 13:00:00+00'),
    (
        128, 16, 'document', '1900-01-01', NULL, '{"doc_type": "title", "total_amount": "40.00"}',
        '2025-03-11 13:00:00+00'
    ),
    (131, 17, 'odometer', '2025-05-10', 53000, '{}', '2025-05-10 13:00:00+00'),
    (132, 17, 'odometer', '2025-05-10', 53000, '{}', '2025-05-10 13:00:05+00'),
    (133, 17, 'odometer', '2025-06-10', 54000, '{}', '2025-06-10 13:00:00+00'),
    (134, 17, 'odometer', '2025-06-10', 53500, '{}', '2025-06-10 22:00:00+00'),
    (135, 17, 'odometer', '2025-07-10', 54400, '{}', '2025-07-10 13:00:00+00'),
    (141, 1, 'odometer', '2025-09-21', 900000, '{}', '2025-09-21 13:00:00+00'),
    (142, 14, 'odometer', '2025-09-21', 70000, '{}', '2025-09-21 13:00:00+00')
) AS e (number, vehicle, type, date, miles, payload, created_at);
