-- Rows for the faults to show on: every column of the loaded tables filled, each value its own, with
-- blanks around texts, mixed case, fractions, microseconds and hours at which another zone has
-- another date. Two tenants, so that a row can get another owner. Parameters: none. Writes the
-- legacy tables of the schema that stands first in the search path.
INSERT INTO tenants
SELECT
    md5('tenant' || n)::uuid, ' Fleet No. ' || n || ' ', CASE n WHEN 1 THEN 'solo' ELSE 'org' END,
    'Plan ' || n, 'cus_A' || n, 'sub_B' || n, CASE n WHEN 1 THEN 'past_due' ELSE 'unpaid' END,
    timestamptz '2024-01-01 23:30:00.123456Z' + n * interval '1 day 1 hour',
    timestamptz '2024-02-01 00:15:00.654321Z' + n * interval '1 day 2 hours'
FROM generate_series(1, 2) AS n;

INSERT INTO users
SELECT
    md5('user' || n)::uuid, 'Person.' || n || '@Example.com', ' Person Number ' || n || ' ',
    timestamptz '2024-03-01 23:30:00.111111Z' + n * interval '1 day 1 hour',
    timestamptz '2024-04-01 00:15:00.222222Z' + n * interval '1 day 2 hours'
FROM generate_series(1, 6) AS n;

-- user 5 belongs to both tenants: to the second as owner, earlier to the first as viewer; user 6 is a
-- manager of both and at home where he was first
INSERT INTO memberships (tenant_id, user_id, role, created_at)
SELECT
    md5('tenant' || tenant)::uuid, md5('user' || person)::uuid, role,
    timestamptz '2024-05-01 23:30:00.333333Z' + days * interval '1 day 1 hour'
FROM (VALUES
    (1, 1, 'owner', 1), (1, 2, 'viewer', 2), (2, 3, 'owner', 3), (2, 4, 'manager', 4),
    (2, 5, 'owner', 9), (1, 5, 'viewer', 5), (2, 6, 'manager', 6), (1, 6, 'manager', 7)
) AS given (tenant, person, role, days);

INSERT INTO garages (
    id, tenant_id, name, address, lat, lng, timezone, meta, is_default, created_at, updated_at, deleted_at
)
SELECT
    md5('garage' || n)::uuid, md5('tenant' || (n + 1) / 2)::uuid, ' Garage ' || n || ' ',
    ' Road ' || n || ', Town ', 40.5 + n / 7.0::float8, -100.25 - n / 3.0::float8,
    (ARRAY['Asia/Tokyo', 'America/New_York', 'Europe/Berlin', 'Australia/Sydney'])[n],
    jsonb_build_object('Place', n, 'open', ' Yes '), n % 2 = 1,
    timestamptz '2024-05-11 23:30:00.111112Z' + n * interval '1 day 1 hour',
    timestamptz '2024-06-11 00:15:00.222223Z' + n * interval '1 day 2 hours',
    CASE WHEN n = 4 THEN timestamptz '2024-07-11 12:00:00.333334Z' END
FROM generate_series(1, 4) AS n;

INSERT INTO vehicles (
    id, tenant_id, garage_id, display_name, make, model, vin, year, baseline_fuel_mpg,
    baseline_service_interval_miles, notes, enrichment, service_intervals, smart_defaults,
    hero_image_url, created_at, updated_at, deleted_at
)
SELECT
    md5('vehicle' || n)::uuid, md5('tenant' || (n + 2) / 3)::uuid, md5('garage' || (n + 2) / 3 * 2 - n % 2)::uuid,
    ' Van No. ' || n || ' ', ' Make ' || n, ' Model ' || n, '1HGCM82633A00400' || n, 2000 + n, 20.4 + n,
    5000 + n, ' Note ' || n || ' ', jsonb_build_object('Trim', n), jsonb_build_object('Oil', 100 + n),
    jsonb_build_object('Fuel', 'Type ' || n), 'https://Example.com/' || n || '.JPG',
    timestamptz '2024-08-01 23:30:00.111113Z' + n * interval '1 day 1 hour',
    timestamptz '2024-09-01 00:15:00.222224Z' + n * interval '1 day 2 hours',
    CASE WHEN n = 6 THEN timestamptz '2024-10-01 12:00:00.333335Z' END
FROM generate_series(1, 6) AS n;

INSERT INTO vehicle_images (
    id, tenant_id, vehicle_id, storage_path, public_url, filename, image_type, is_primary,
    created_at, updated_at, deleted_at
)
SELECT
    md5('image' || n)::uuid, md5('tenant' || (n + 2) / 3)::uuid, md5('vehicle' || n)::uuid,
    ' Path/' || n || ' ', 'https://Example.com/Image' || n, 'File ' || n || '.PNG', 'Side ' || n, n % 2 = 0,
    timestamptz '2024-10-01 23:30:00.111114Z' + n * interval '1 day 1 hour',
    timestamptz '2024-11-01 00:15:00.222225Z' + n * interval '1 day 2 hours',
    CASE WHEN n = 3 THEN timestamptz '2024-12-01 12:00:00.333336Z' END
FROM generate_series(1, 6) AS n;

INSERT INTO reminders (
    id, tenant_id, vehicle_id, title, description, category, priority, due_date, due_miles, status,
    source, dedupe_key, created_at, updated_at
)
SELECT
    md5('reminder' || n)::uuid, md5('tenant' || (n % 6 + 3) / 3)::uuid, md5('vehicle' || n % 6 + 1)::uuid,
    ' Title ' || n || ' ', ' Description ' || n || ' ',
    (ARRAY['registration', 'inspection', 'emissions', 'maintenance', 'other'])[n % 5 + 1],
    (ARRAY['low', 'medium', 'high'])[n % 3 + 1], date '2025-06-01' + n, 40000 + n,
    (ARRAY['open', 'scheduled', 'done', 'dismissed'])[n % 4 + 1], 'user', 'Key ' || n,
    timestamptz '2025-01-01 23:30:00.111115Z' + n * interval '1 day 1 hour',
    timestamptz '2025-02-01 00:15:00.222226Z' + n * interval '1 day 2 hours'
FROM generate_series(1, 12) AS n;

INSERT INTO vehicle_events (id, tenant_id, vehicle_id, type, date, miles, payload, created_at, updated_at)
SELECT
    md5('event' || n)::uuid, md5('tenant' || (n % 6 + 3) / 3)::uuid, md5('vehicle' || n % 6 + 1)::uuid,
    (ARRAY['odometer', 'maintenance', 'fuel', 'document'])[n / 6 + 1], date '2025-03-01' + n,
    CASE WHEN n < 18 THEN 30000 + n * 10 END,
    (ARRAY[
        jsonb_build_object('Note', ' Read ' || n), jsonb_build_object('kind', 'Oil ' || n, 'total_cost', n + 0.25),
        jsonb_build_object('gallons', n + 0.125, 'total_amount', n + 0.5), jsonb_build_object('doc_type', 'Title ' || n)
    ])[n / 6 + 1],
    timestamptz '2025-03-01 23:30:00.111116Z' + n * interval '1 day 1 hour',
    timestamptz '2025-04-01 00:15:00.222227Z' + n * interval '1 day 2 hours'
FROM generate_series(0, 23) AS n;

INSERT INTO odometer_readings
SELECT
    md5('reading' || n)::uuid, md5('tenant' || (n % 6 + 3) / 3)::uuid, md5('vehicle' || n % 6 + 1)::uuid,
    31000 + n * 10, date '2025-05-01' + n, time '23:10:05.123' - n * interval '31 minutes',
    (ARRAY['manual', 'photo', 'import', 'api'])[n % 4 + 1], 0.51 + n / 100.0,
    'https://Example.com/Odo' || n, jsonb_build_object('Text', ' Seen ' || n), ' Digital ' || n, ' Good ' || n,
    ' Lot ' || n || ' ', ' Half ' || n, ARRAY[' Light ' || n, 'Second'], n % 2 = 1, n % 3 = 1,
    100 + n, 200 + n, ' Note ' || n || ' ',
    timestamptz '2025-05-01 23:30:00.111117Z' + n * interval '1 day 1 hour',
    timestamptz '2025-06-01 00:15:00.222228Z' + n * interval '1 day 2 hours', ' Writer ' || n, ' Editor ' || n
FROM generate_series(0, 11) AS n;

INSERT INTO fuel_logs
SELECT
    md5('fuel' || n)::uuid, md5('tenant' || (n % 6 + 3) / 3)::uuid, md5('vehicle' || n % 6 + 1)::uuid,
    date '2025-06-01' + n, time '22:50:15.321' - n * interval '37 minutes', 40.25 + n * 1.01,
    (ARRAY['USD', 'CAD', 'Eur'])[n % 3 + 1], 10.125 + n * 1.001, 3.459 + n * 0.011, ' Premium ' || n,
    ' Station ' || n || ' ', ' Street ' || n || ' ', 40.12345678 + n, -100.87654321 - n, ' Card ' || n,
    ' Tx ' || n, 1.23 + n * 1.01, (ARRAY['manual', 'photo', 'import', 'api'])[n % 4 + 1], 0.61 + n / 100.0,
    'https://Example.com/Fuel' || n, jsonb_build_object('Text', ' Fuel ' || n), 32000 + n * 10,
    ' Note ' || n || ' ', ARRAY[' Tag ' || n, 'Other'], n % 2 = 1, n % 3 = 1,
    timestamptz '2025-06-01 23:30:00.111118Z' + n * interval '1 day 1 hour',
    timestamptz '2025-07-01 00:15:00.222229Z' + n * interval '1 day 2 hours', ' Writer ' || n, ' Editor ' || n
FROM generate_series(0, 11) AS n;

INSERT INTO service_records
SELECT
    md5('service' || n)::uuid, md5('tenant' || (n % 6 + 3) / 3)::uuid, md5('vehicle' || n % 6 + 1)::uuid,
    date '2025-07-01' + n, ' Brakes ' || n || ' ', ' Description ' || n, 140.75 + n * 1.01, 60.55 + n * 1.01,
    70.45 + n * 1.01, 9.85 + n * 1.01, (ARRAY['USD', 'CAD', 'Eur'])[n % 3 + 1], ' Shop ' || n || ' ',
    ' Lane ' || n || ' ', ' Technician ' || n, 33000 + n * 10, jsonb_build_array(' Item ' || n),
    (ARRAY['manual', 'photo', 'import', 'api'])[n % 4 + 1], 0.71 + n / 100.0, 'https://Example.com/Job' || n,
    jsonb_build_object('Text', ' Job ' || n), 12 + n, date '2026-01-01' + n, 45000 + n, ' Note ' || n || ' ',
    ARRAY[' Tag ' || n, 'More'], n % 2 = 1,
    timestamptz '2025-07-01 23:30:00.111119Z' + n * interval '1 day 1 hour',
    timestamptz '2025-08-01 00:15:00.222221Z' + n * interval '1 day 2 hours', ' Writer ' || n, ' Editor ' || n
FROM generate_series(0, 11) AS n;
