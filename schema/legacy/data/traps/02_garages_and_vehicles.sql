-- Traps:
--  * garage 6 has no time zone and no times; garage 7 is soft-deleted but still holds a vehicle;
--  * vehicle 14 of tenant 2 stands in a garage of tenant 1;
--  * vehicle 15 has no make, model, VIN, year, garage and no reading;
--  * vehicles 8 to 13 each tell one story about their meter, see 03 to 05.

INSERT INTO garages (
    id, tenant_id, name, timezone, meta, created_at, updated_at, is_default, deleted_at
) VALUES
(
    '30000000-0000-4000-8000-000000000005', '10000000-0000-4000-8000-000000000002', 'Pier 5',
    'America/New_York', '{}', '2023-12-02 08:00:00+00', '2023-12-02 08:00:00+00', true, NULL
),
(
    '30000000-0000-4000-8000-000000000006', '10000000-0000-4000-8000-000000000002', 'Overflow',
    NULL, NULL, NULL, NULL, NULL, NULL
),
(
    '30000000-0000-4000-8000-000000000007', '10000000-0000-4000-8000-000000000002', 'Closed yard',
    'America/New_York', '{}', '2023-12-02 08:00:00+00', '2024-12-31 08:00:00+00', false,
    '2024-12-31 08:00:00+00'
);

INSERT INTO vehicles (
    id, tenant_id, make, model, vin, baseline_fuel_mpg, notes, created_at, updated_at, garage_id,
    enrichment, display_name, year
)
SELECT
    ('40000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
    '10000000-0000-4000-8000-000000000002',
    make,
    model,
    vin,
    mpg,
    notes,
    '2023-12-03 08:00:00+00',
    updated_at,
    ('30000000-0000-4000-8000-' || lpad(garage::text, 12, '0'))::uuid,
    enrichment::jsonb,
    display_name,
    year
FROM (
    VALUES
    (
        6, 5, 'Ford', 'Transit', 'MADEUP00000000006', 15.5, 'One digit too many in May',
        timestamptz '2025-06-01 08:00:00+00', '{"year": 2021}', 'Typo van', 2020
    ),
    (
        7, 5, 'Ram', 'ProMaster', 'MADEUP00000000007', 16.0, NULL,
        '2025-06-01 08:00:00+00', '{}', 'Backdated van', 2019
    ),
    (
        8, 5, 'Kia', 'Soul', 'MADEUP00000000008', 28.5, 'New instrument cluster in May 2025',
        '2025-06-01 08:00:00+00', '{}', 'Replaced meter', 2020
    ),
    (
        9, 5, 'Jeep', 'Wagoneer', 'MADEUP00000000009', 20.0, 'An import gave two cars this id',
        '2025-06-01 08:00:00+00', '{}', 'Two cars', 2017
    ),
    (
        10, 6, 'Pierce', 'Enforcer', 'MADEUP00000000010', 4.5, 'Pump hours and miles',
        '2025-06-01 08:00:00+00', '{}', 'Engine 10', 2012
    ),
    (
        11, 6, 'Volvo', '240', 'MADEUP00000000011', 24.0, 'Five-digit odometer',
        '2025-06-01 08:00:00+00', '{}', 'Rollover wagon', 1988
    ),
    (
        12, 7, 'Nissan', 'NV200', 'MADEUP00000000012', 25.5, 'Readings imported one day early',
        '2025-06-01 08:00:00+00', '{}', 'Shifted van', 2016
    ),
    (
        13, 5, 'Chevrolet', 'Bolt', 'MADEUP00000000013', NULL, 'Placeholders typed at the pump',
        '1970-01-01 00:00:00+00', '{}', 'Placeholder car', 2020
    ),
    (
        14, 4, 'Ram', '1500', 'MADEUP00000000014', 19.5, 'Garage of another tenant',
        '2025-06-01 08:00:00+00', '{}', 'Borrowed garage', 2018
    ),
    (
        15, NULL, NULL, NULL, NULL, NULL, NULL,
        '2025-06-01 08:00:00+00', NULL, 'Unknown', NULL
    ),
    (
        16, 5, 'Ford', 'Maverick', 'MADEUP00000000016', 37.5, 'Payloads of every kind',
        '2025-06-01 08:00:00+00', '{}', 'Paper truck', 2022
    ),
    (
        17, 5, 'Honda', 'Ridgeline', 'MADEUP00000000017', 21.5, 'Duplicates',
        '2025-06-01 08:00:00+00', '{}', 'Twice told', 2021
    )
) AS v (number, garage, make, model, vin, mpg, notes, updated_at, enrichment, display_name, year);

-- A backup row without id, and one whose vehicle is gone.
INSERT INTO vehicles_naming_backup (
    id, label, nickname, display_name, created_at, backup_created_at
) VALUES
(NULL, 'Lost label', NULL, NULL, NULL, '2025-09-12 08:00:00+00'),
(
    '40000000-0000-4000-8000-000000000999', 'Gone', 'Gone', 'Gone', '2023-10-05 17:00:00+00',
    '2025-09-12 08:00:00+00'
);
