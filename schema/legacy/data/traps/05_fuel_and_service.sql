-- Traps (each with the vehicle that shows it):
--  12 fuel logs whose readings another table repeats one day earlier; two rows of one stop;
--  17 the id of odometer reading 161 once more; a service at the same miles a day later;
--  1  tenant ids that are not the vehicle's;
--  14 a service dated 2028-01-01; created_at NULL; no currency; euros.

INSERT INTO fuel_logs (
    id, tenant_id, vehicle_id, date, time, total_amount, currency, gallons, price_per_gallon,
    fuel_type, station_name, source, odometer_reading, created_at, updated_at, created_by
)
SELECT
    coalesce(id::uuid, ('90000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid),
    ('10000000-0000-4000-8000-' || lpad(tenant::text, 12, '0'))::uuid,
    ('40000000-0000-4000-8000-' || lpad(vehicle::text, 12, '0'))::uuid,
    date,
    time::time,
    total_amount,
    currency,
    gallons,
    price_per_gallon,
    fuel_type,
    'Example Fuels',
    'manual',
    odometer_reading,
    created_at,
    created_at,
    'sam@example.com'
FROM (
    VALUES
    (
        101, 2, 12, date '2025-01-10', '17:10', 44.10, 'USD', 12.250, 3.600, 'Regular', 71000,
        timestamptz '2025-01-10 22:15:00+00', NULL
    ),
    (
        102, 2, 12, '2025-01-20', '17:20', 41.85, 'USD', 11.625, 3.600, 'Regular', 71350,
        '2025-01-20 22:25:00+00', NULL
    ),
    (
        103, 2, 12, '2025-01-30', '17:30', 43.20, NULL, 12.000, 3.600, 'Regular', 71720,
        '2025-01-30 22:35:00+00', NULL
    ),
    (
        104, 2, 12, '2025-01-30', '17:30', 9.90, 'EUR', 2.500, 3.960, 'Washer fluid', 71720,
        '2025-01-30 22:36:00+00', NULL
    ),
    (
        105, 2, 17, '2025-08-01', '08:05', 52.00, 'USD', 13.000, 4.000, 'Regular', 54810,
        '2025-08-01 13:05:00+00', '80000000-0000-4000-8000-000000000161'
    ),
    (
        106, 999, 1, '2025-09-24', '09:00', 30.00, 'USD', 7.500, 4.000, 'Regular', 53300,
        '2025-09-24 16:00:00+00', NULL
    ),
    (107, 2, 14, '2025-09-01', NULL, 60.00, 'USD', 15.000, 4.000, NULL, NULL, NULL, NULL)
) AS f (
    number, tenant, vehicle, date, time, total_amount, currency, gallons, price_per_gallon,
    fuel_type, odometer_reading, created_at, id
);

INSERT INTO service_records (
    id, tenant_id, vehicle_id, service_date, service_type, total_cost, shop_name, odometer_reading,
    source, created_at, updated_at
)
SELECT
    ('a0000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid,
    ('10000000-0000-4000-8000-' || lpad(tenant::text, 12, '0'))::uuid,
    ('40000000-0000-4000-8000-' || lpad(vehicle::text, 12, '0'))::uuid,
    service_date,
    service_type,
    total_cost,
    shop_name,
    odometer_reading,
    'manual',
    created_at,
    created_at
FROM (
    VALUES
    (
        101, 2, 17, date '2025-07-11', 'Oil change', 80.00, NULL, 54400,
        timestamptz '2025-07-11 13:00:00+00'
    ),
    (102, 2, 1, '2025-09-25', 'Inspection', 40.00, 'Example Auto', 53400, '2025-09-25 16:00:00+00'),
    (103, 2, 14, '2028-01-01', 'Warranty visit', 0.00, NULL, 71500, NULL)
) AS s (
    number, tenant, vehicle, service_date, service_type, total_cost, shop_name, odometer_reading,
    created_at
);
