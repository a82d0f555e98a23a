-- Traps: tenant 4 holds the values at the ends of every type, wherever the legacy rules let them in.
--  * points in time: infinity, -infinity, before Christ, the year 20000, microseconds;
--  * dates: the same and the last one of all; times: 24:00 and a microsecond before it;
--  * numbers: NaN, infinity, the largest and smallest integers, 1e308, 1e400 in JSON;
--  * vehicles 18 and 19 carry the events; an event in quarantine that states no odometer;
--  * two default garages, an image path without its folder, a name with an escape sequence.

INSERT INTO tenants (id, name, kind, created_at, updated_at) VALUES
(
    '10000000-0000-4000-8000-000000000004', 'Edge of Time', 'org', '-infinity',
    '20000-01-01 00:00:00.000001+00'
);

INSERT INTO users (id, email, name, created_at, updated_at) VALUES
(
    '20000000-0000-4000-8000-000000000004', 'edge@example.com', 'Edge Example',
    '0044-03-15 12:00:00+00 BC', 'infinity'
);

INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES
(
    '10000000-0000-4000-8000-000000000004', '20000000-0000-4000-8000-000000000004', 'owner',
    '-infinity'
);

INSERT INTO garages (
    id, tenant_id, name, timezone, lat, lng, created_at, updated_at, is_default, deleted_at
)
SELECT
    ('30000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
    '10000000-0000-4000-8000-000000000004',
    name,
    'UTC',
    lat,
    lng,
    created_at,
    updated_at,
    deleted_at IS NULL,
    deleted_at
FROM (
    VALUES
    (
        8, E'\x1b[2J\x1b]0;edge\x07', double precision 'NaN', double precision 'Infinity',
        timestamptz '-infinity', timestamptz 'infinity', NULL::timestamptz
    ),
    (9, 'Second default', '-Infinity', 1e308, '0044-03-15 12:00:00+00 BC', '20000-01-01 00:00:00+00', NULL),
    (10, 'Deleted', 5e-324, '-0', '294276-12-31 23:59:59.999999+00', '-infinity', 'infinity')
) AS g (number, name, lat, lng, created_at, updated_at, deleted_at);

INSERT INTO vehicles (
    id, tenant_id, garage_id, display_name, baseline_fuel_mpg, baseline_service_interval_miles,
    enrichment, created_at, updated_at, deleted_at, year
) VALUES
(
    '40000000-0000-4000-8000-000000000018', '10000000-0000-4000-8000-000000000004',
    '30000000-0000-4000-8000-000000000008', 'Timeless', 'NaN', 2147483647,
    '{"weight": 1e400, "share": 1e-400}', '-infinity', 'infinity', 'infinity', 1900
),
(
    '40000000-0000-4000-8000-000000000019', '10000000-0000-4000-8000-000000000004',
    '30000000-0000-4000-8000-000000000009', 'Far ahead', 0, -2147483648,
    '{}', '0044-03-15 12:00:00+00 BC', '20000-01-01 00:00:00.000001+00', '-infinity', 2030
);

INSERT INTO vehicle_images (
    id, tenant_id, vehicle_id, storage_path, public_url, filename, created_at, updated_at, deleted_at
) VALUES
(
    '60000000-0000-4000-8000-000000000104', '10000000-0000-4000-8000-000000000004',
    '40000000-0000-4000-8000-000000000018', 'lone.jpg', 'https://files.example.com/lone.jpg',
    'lone.jpg', '-infinity', 'infinity', '0044-03-15 12:00:00+00 BC'
);

INSERT INTO reminders (
    id, vehicle_id, title, category, due_date, due_miles, status, created_at, updated_at, tenant_id
)
SELECT
    ('70000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
    '40000000-0000-4000-8000-000000000018',
    'Edge ' || number,
    'other',
    due_date,
    due_miles,
    status,
    created_at,
    updated_at,
    '10000000-0000-4000-8000-000000000004'
FROM (
    VALUES
    (111, date 'infinity', 2147483647, 'open', timestamptz '2025-06-01 12:00:00+00', timestamptz 'infinity'),
    (112, '20000-01-01', -2147483648, 'scheduled', '-infinity', '-infinity'),
    (113, '0044-03-15 BC', 0, 'done', '20000-01-01 00:00:00+00', '0044-03-15 12:00:00+00 BC'),
    (114, '-infinity', NULL, 'done', 'infinity', '2025-06-01 12:00:00.000001+00')
) AS r (number, due_date, due_miles, status, created_at, updated_at);

-- The legacy rules keep dates outside 1900 to a month ahead out of this table alone.
INSERT INTO vehicle_events (
    id, vehicle_id, type, date, miles, payload, created_at, tenant_id, updated_at
)
SELECT
    ('50000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
    '40000000-0000-4000-8000-000000000018',
    type,
    '1900-01-01',
    miles,
    payload::jsonb,
    created_at,
    '10000000-0000-4000-8000-000000000004',
    updated_at
FROM (
    VALUES
    (151, 'fuel', NULL, '{"total_amount": 1e400, "gallons": 1e-400}', timestamptz '-infinity', timestamptz 'infinity'),
    (152, 'odometer', 2147483647, '{}', '20000-01-01 00:00:00+00', '0044-03-15 12:00:00+00 BC'),
    (153, 'odometer', 0, '{}', 'infinity', '-infinity')
) AS e (number, type, miles, payload, created_at, updated_at);

INSERT INTO odometer_readings (
    id, tenant_id, vehicle_id, mileage, reading_date, reading_time, source, confidence_score,
    miles_since_last, days_since_last, created_at, updated_at
)
SELECT
    ('80000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
    '10000000-0000-4000-8000-000000000004',
    '40000000-0000-4000-8000-000000000019',
    mileage,
    reading_date,
    reading_time,
    'manual',
    0,
    -2147483648,
    2147483647,
    created_at,
    updated_at
FROM (
    VALUES
    (191, 500, date '2025-07-01', time '24:00', timestamptz '2025-07-01 12:00:00.000001+00', timestamptz 'infinity'),
    (192, 510, '2025-07-02', '23:59:59.999999', '-infinity', '-infinity'),
    (193, 520, '2025-07-03', '00:00:00.000001', '0044-03-15 12:00:00+00 BC', '20000-01-01 00:00:00+00'),
    (194, 530, '20000-01-01', '12:00', 'infinity', 'infinity'),
    (195, 2147483647, '5874897-12-31', '24:00', '2025-07-04 12:00:00+00', '2025-07-04 12:00:00+00'),
    (196, 550, 'infinity', '12:00', '2025-07-05 12:00:00+00', '2025-07-05 12:00:00+00'),
    (197, 400, '-infinity', NULL, '2025-07-06 12:00:00+00', '2025-07-06 12:00:00+00'),
    (198, 410, '0044-03-15 BC', '24:00', '2025-07-07 12:00:00+00', '2025-07-07 12:00:00+00')
) AS o (number, mileage, reading_date, reading_time, created_at, updated_at);

INSERT INTO fuel_logs (
    id, tenant_id, vehicle_id, date, time, total_amount, gallons, price_per_gallon, location_lat,
    location_lng, tax_amount, odometer_reading, created_at, updated_at
)
SELECT
    ('90000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
    '10000000-0000-4000-8000-000000000004',
    '40000000-0000-4000-8000-000000000019',
    date,
    time,
    amount,
    gallons,
    price,
    lat,
    lng,
    tax,
    odometer_reading,
    created_at,
    updated_at
FROM (
    VALUES
    (
        191, date 'infinity', time '24:00', 1.00, 1.000, 1.000, 0.0, 0.0, 0.00, 560,
        timestamptz 'infinity', timestamptz '-infinity'
    ),
    (192, '-infinity', '00:00', 1.00, 1.000, 1.000, 0.0, 0.0, 0.00, NULL, '-infinity', 'infinity'),
    (193, '20000-01-01', '24:00', 99999999.99, 99999.999, 999.999, 90, 180, -999999.99, 2147483647, 'infinity', 'infinity'),
    (194, '2025-07-08', '12:00', 'NaN', 1.000, 1.000, 0.0, 0.0, 0.00, NULL, 'infinity', 'infinity'),
    (195, '2025-07-08', '12:01', 1.00, 'NaN', 1.000, 0.0, 0.0, 0.00, NULL, 'infinity', 'infinity'),
    (196, '2025-07-08', '12:02', 1.00, 1.000, 'NaN', 0.0, 0.0, 0.00, NULL, 'infinity', 'infinity'),
    (197, '2025-07-08', '12:03', 1.00, 1.000, 1.000, 'NaN', 0.0, 0.00, NULL, 'infinity', 'infinity'),
    (198, '2025-07-08', '12:04', 1.00, 1.000, 1.000, 0.0, 'NaN', 0.00, NULL, 'infinity', 'infinity'),
    (199, '2025-07-08', '12:05', 1.00, 1.000, 1.000, 0.0, 0.0, 'NaN', NULL, 'infinity', 'infinity')
) AS f (
    number, date, time, amount, gallons, price, lat, lng, tax, odometer_reading, created_at, updated_at
);

INSERT INTO service_records (
    id, tenant_id, vehicle_id, service_date, service_type, total_cost, labor_cost, parts_cost,
    tax_amount, odometer_reading, warranty_months, next_service_date, next_service_miles, created_at,
    updated_at
)
SELECT
    ('a0000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
    '10000000-0000-4000-8000-000000000004',
    '40000000-0000-4000-8000-000000000019',
    service_date,
    'inspection',
    total,
    labor,
    parts,
    tax,
    odometer_reading,
    2147483647,
    next_service_date,
    2147483647,
    created_at,
    updated_at
FROM (
    VALUES
    (
        191, date '2025-07-09', 0.00, 0.00, 0.00, 0.00, 545, date 'infinity', timestamptz 'infinity',
        timestamptz '-infinity'
    ),
    (192, '20000-01-01', 99999999.99, 0.00, 0.00, 0.00, 2147483647, '0044-03-15 BC', '-infinity', 'infinity'),
    (193, '-infinity', 1.00, 0.00, 0.00, 0.00, 546, '20000-01-01', '2025-07-09 12:00:00.000001+00', 'infinity'),
    (194, '0044-03-15 BC', 1.00, 0.00, 0.00, 0.00, NULL, '-infinity', 'infinity', 'infinity'),
    (195, '2025-07-10', 'NaN', 0.00, 0.00, 0.00, NULL, NULL, 'infinity', 'infinity'),
    (196, '2025-07-10', 1.00, 'NaN', 0.00, 0.00, NULL, NULL, 'infinity', 'infinity'),
    (197, '2025-07-10', 1.00, 0.00, 'NaN', 0.00, NULL, NULL, 'infinity', 'infinity'),
    (198, '2025-07-10', 1.00, 0.00, 0.00, 'NaN', NULL, NULL, 'infinity', 'infinity')
) AS s (
    number, service_date, total, labor, parts, tax, odometer_reading, next_service_date, created_at,
    updated_at
);
