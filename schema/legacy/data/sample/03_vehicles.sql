-- Five vehicles; the last one is soft-deleted when everything else is in (finish/02).
-- Traps: miles per gallon with fractions; vehicle 4 has the fabricated year 2020 (script 047) while
-- its enrichment says 2014; vehicle 3 has no VIN.

INSERT INTO vehicles (
    id, tenant_id, make, model, vin, baseline_fuel_mpg, baseline_service_interval_miles, notes,
    created_at, updated_at, garage_id, enrichment, service_intervals, smart_defaults, deleted_at,
    hero_image_url, display_name, year
) VALUES
(
    '40000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001',
    'Subaru', 'Outback', 'MADEUP00000000001', 26.5, 6000, 'Roof box on in winter',
    '2023-10-05 17:00:00+00', '2025-09-20 16:00:00+00', '30000000-0000-4000-8000-000000000001',
    '{"year": 2019, "body": "wagon"}', '{"oil": 6000, "tires": 7500}', '{"fuel_type": "Regular"}',
    NULL, 'https://files.example.com/vehicles/1/hero.jpg', 'Trail wagon', 2019
),
(
    '40000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000001',
    'Honda', 'Fit', 'MADEUP00000000002', 33.5, 5000, NULL,
    '2023-10-06 17:00:00+00', '2025-09-10 16:00:00+00', '30000000-0000-4000-8000-000000000001',
    '{"year": 2018}', '{}', '{}', NULL, NULL, 'City hatch', 2018
),
(
    '40000000-0000-4000-8000-000000000003', '10000000-0000-4000-8000-000000000001',
    'Ford', 'Ranger', NULL, 17.5, 5000, 'Bought without papers',
    '2023-10-07 17:00:00+00', '2024-07-01 16:00:00+00', '30000000-0000-4000-8000-000000000001',
    '{}', '{}', '{}', NULL, NULL, 'Old pickup', 1998
),
(
    '40000000-0000-4000-8000-000000000004', '10000000-0000-4000-8000-000000000001',
    'Toyota', 'Sienna', 'MADEUP00000000004', 21.5, 7500, NULL,
    '2023-10-08 17:00:00+00', '2025-06-18 16:00:00+00', '30000000-0000-4000-8000-000000000002',
    '{"year": 2014, "body": "van"}', '{"oil": 7500}', '{"garage": "Cabin"}', NULL, NULL,
    'Family van', 2020
),
(
    '40000000-0000-4000-8000-000000000005', '10000000-0000-4000-8000-000000000001',
    'Mazda', 'MX-5', 'MADEUP00000000005', 24.5, 5000, 'Sold in August',
    '2023-10-09 17:00:00+00', '2025-08-01 18:30:00+00', '30000000-0000-4000-8000-000000000003',
    '{"year": 2006}', '{}', '{}', NULL, NULL, 'Summer car', 2006
);

INSERT INTO vehicles_naming_backup (
    id, label, nickname, display_name, created_at, backup_created_at
) VALUES
(
    '40000000-0000-4000-8000-000000000001', 'Subaru Outback 2019', 'Trail wagon', 'Trail wagon',
    '2023-10-05 17:00:00+00', '2025-09-12 08:00:00+00'
),
(
    '40000000-0000-4000-8000-000000000002', 'Honda Fit 2018', NULL, 'City hatch',
    '2023-10-06 17:00:00+00', '2025-09-12 08:00:00+00'
),
(
    '40000000-0000-4000-8000-000000000003', 'Ranger', 'Rusty', 'Old pickup',
    '2023-10-07 17:00:00+00', '2025-09-12 08:00:00+00'
),
(
    '40000000-0000-4000-8000-000000000004', 'Sienna', 'Family van', 'Family van',
    '2023-10-08 17:00:00+00', '2025-09-12 08:00:00+00'
),
(
    '40000000-0000-4000-8000-000000000005', NULL, 'Summer car', 'Summer car',
    '2023-10-09 17:00:00+00', '2025-09-12 08:00:00+00'
);
