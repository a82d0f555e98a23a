-- The dropped tables that hold rows: limits, generations, decoded VINs, onboarding, migrations.

INSERT INTO plan_limits (
    id, plan_name, max_vehicles, max_explanations_per_month, max_pdf_exports_per_month, max_members,
    price_cents, created_at, updated_at
) VALUES
(
    'b0000000-0000-4000-8000-000000000001', 'solo', 10, 20, 5, 1, 0,
    '2023-10-01 00:00:00+00', '2023-10-01 00:00:00+00'
),
(
    'b0000000-0000-4000-8000-000000000002', 'team', 50, 200, 50, 5, 1900,
    '2023-10-01 00:00:00+00', '2023-10-01 00:00:00+00'
),
(
    'b0000000-0000-4000-8000-000000000003', 'fleet', 1000, 2000, 500, 50, 9900,
    '2023-10-01 00:00:00+00', '2023-10-01 00:00:00+00'
);

INSERT INTO vehicle_generations (
    id, make, model, body_style, generation_name, year_start, year_end, region,
    canonical_generation, notes, source, created_at, updated_at
) VALUES
(
    'c0000000-0000-4000-8000-000000000001', 'Subaru', 'Outback', 'wagon', 'Fourth', 2010, 2014, 'USDM',
    'subaru_outback_fourth',
    'Year range of the home market',
    'seed',
    '2025-09-20 00:00:00+00',
    '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000002', 'Subaru', 'Outback', 'wagon', 'Fifth', 2015, 2019, 'USDM',
    'subaru_outback_fifth', NULL, 'seed', '2025-09-20 00:00:00+00', '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000003', 'Subaru', 'Outback', 'wagon', 'Sixth', 2020, 2025, 'USDM',
    'subaru_outback_sixth', NULL, 'seed', '2025-09-20 00:00:00+00', '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000004', 'Honda', 'Fit', 'hatchback', 'First', 2007, 2008, 'USDM',
    'honda_fit_first', NULL, 'seed', '2025-09-20 00:00:00+00', '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000005', 'Honda', 'Fit', 'hatchback', 'Second', 2009, 2013, 'USDM',
    'honda_fit_second',
    'Year range of the home market',
    'seed',
    '2025-09-20 00:00:00+00',
    '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000006', 'Honda', 'Fit', 'hatchback', 'Third', 2015, 2020, 'USDM',
    'honda_fit_third', NULL, 'seed', '2025-09-20 00:00:00+00', '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000007', 'Ford', 'Ranger', 'pickup', 'Second', 1993, 1997, 'USDM',
    'ford_ranger_second', NULL, 'seed', '2025-09-20 00:00:00+00', '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000008', 'Ford', 'Ranger', 'pickup', 'Third', 1998, 2011, 'USDM',
    'ford_ranger_third', NULL, 'seed', '2025-09-20 00:00:00+00', '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000009', 'Ford', 'Ranger', 'pickup', 'Fourth', 2019, 2023, 'USDM',
    'ford_ranger_fourth',
    'Year range of the home market',
    'seed',
    '2025-09-20 00:00:00+00',
    '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000010', 'Toyota', 'Sienna', 'van', 'Second', 2004, 2010, 'USDM',
    'toyota_sienna_second', NULL, 'seed', '2025-09-20 00:00:00+00', '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000011', 'Toyota', 'Sienna', 'van', 'Third', 2011, 2020, 'USDM',
    'toyota_sienna_third', NULL, 'seed', '2025-09-20 00:00:00+00', '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000012', 'Mazda', 'MX-5', 'convertible', 'Second', 1999, 2005, 'USDM',
    'mazda_mx5_second', NULL, 'seed', '2025-09-20 00:00:00+00', '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000013', 'Mazda', 'MX-5', 'convertible', 'Third', 2006, 2015, 'USDM',
    'mazda_mx5_third',
    'Year range of the home market',
    'seed',
    '2025-09-20 00:00:00+00',
    '2025-09-20 00:00:00+00'
),
(
    'c0000000-0000-4000-8000-000000000014', 'Mazda', 'MX-5', 'convertible', 'Fourth', 2016, 2025, 'USDM',
    'mazda_mx5_fourth', NULL, 'seed', '2025-09-20 00:00:00+00', '2025-09-20 00:00:00+00'
);

INSERT INTO vin_cache (vin, data, created_at, updated_at) VALUES
(
    'MADEUP00000000001', '{"make": "Subaru", "decoded": true}',
    '2025-09-11 12:00:00+00', '2025-09-11 12:00:00+00'
),
(
    'MADEUP00000000002', '{"make": "Honda", "decoded": true}',
    '2025-09-12 12:00:00+00', '2025-09-12 12:00:00+00'
),
(
    'MADEUP00000000003', '{"make": "Ford", "decoded": true}',
    '2025-09-13 12:00:00+00', '2025-09-13 12:00:00+00'
),
(
    'MADEUP00000000004', '{"make": "Toyota", "decoded": true}',
    '2025-09-14 12:00:00+00', '2025-09-14 12:00:00+00'
),
(
    'MADEUP00000000005', '{"make": "Mazda", "decoded": true}',
    '2025-09-15 12:00:00+00', '2025-09-15 12:00:00+00'
),
(
    'MADEUP00000000006', '{"make": "Kia", "decoded": true}',
    '2025-09-16 12:00:00+00', '2025-09-16 12:00:00+00'
),
(
    'MADEUP00000000007', '{"make": "Volvo", "decoded": true}',
    '2025-09-17 12:00:00+00', '2025-09-17 12:00:00+00'
),
(
    'MADEUP00000000008', '{"make": "Jeep", "decoded": true}',
    '2025-09-18 12:00:00+00', '2025-09-18 12:00:00+00'
),
(
    'MADEUP00000000009', '{"make": "Nissan", "decoded": true}',
    '2025-09-19 12:00:00+00', '2025-09-19 12:00:00+00'
),
(
    'MADEUP00000000010', '{"make": "Chevrolet", "decoded": true}',
    '2025-09-20 12:00:00+00', '2025-09-20 12:00:00+00'
);

INSERT INTO vehicle_onboarding (
    id, tenant_id, vin, step, data, time_spent_seconds, completed_at, created_at
) VALUES (
    'd0000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001', 'MADEUP00000000001',
    'complete', '{"garage": "Home", "nickname": "Trail wagon"}', 94,
    '2023-10-05 17:02:00+00', '2023-10-05 17:00:00+00'
);

INSERT INTO schema_migrations (version, applied_at, filename) VALUES
('001', '2025-09-12 07:00:00+00', '001_initial_schema.sql'),
('004', '2025-09-13 07:00:00+00', '004_garages.sql'),
('009', '2025-09-14 07:00:00+00', '009_vehicle_events.sql'),
('013', '2025-09-15 07:00:00+00', '013_reminders.sql'),
('018', '2025-09-16 07:00:00+00', '018_vehicle_images.sql'),
('022', '2025-09-17 07:00:00+00', '022_health_scores.sql'),
('027', '2025-09-18 07:00:00+00', '027_fuel_logs.sql'),
('030', '2025-09-19 07:00:00+00', '030_updated_at_columns.sql'),
('033', '2025-09-20 07:00:00+00', '033_odometer_readings.sql'),
('036', '2025-09-21 07:00:00+00', '036_reminder_due_dates.sql'),
('041', '2025-09-22 07:00:00+00', '041_service_records.sql'),
('047', '2025-09-23 07:00:00+00', '047_vehicle_years.sql'),
('052', '2025-09-24 07:00:00+00', '052_naming_cleanup.sql');
