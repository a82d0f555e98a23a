-- Traps: a date before 2024; a reading (51,870) below the one before it (52,040 on 2025-06-28).

INSERT INTO service_records (
    id, tenant_id, vehicle_id, service_date, service_type, description, total_cost, labor_cost,
    parts_cost, tax_amount, currency, shop_name, shop_address, technician_name, odometer_reading,
    service_items, source, confidence_score, image_url, ocr_data, warranty_months,
    next_service_date, next_service_miles, notes, tags, is_verified, created_at, updated_at,
    created_by, updated_by
) VALUES
(
    'a0000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000001', '2023-11-04', 'Oil change', 'Synthetic, new filter',
    89.95, 40.00, 45.00, 4.95, 'USD', 'Example Auto', '12 Example Avenue', 'J. Example', 41300,
    '[{"item": "oil", "quarts": 5.1}, {"item": "filter"}]', 'photo', 0.88,
    'https://files.example.com/service/1.jpg', '{"total": "89.95"}', 12,
    '2024-05-04', 47300, 'Ask for the coupon', ARRAY['oil'], true,
    '2023-11-04 20:00:00+00', '2023-11-05 09:00:00+00', 'alex@example.com', 'alex@example.com'
),
(
    'a0000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000001', '2025-04-12', 'Brake pads', NULL,
    310.00, 120.00, 190.00, NULL, 'USD', 'Example Auto', NULL, NULL, 51220,
    NULL, 'manual', NULL, NULL, NULL, 24, NULL, NULL, NULL, NULL, true,
    '2025-04-12 22:00:00+00', '2025-04-12 22:00:00+00', 'alex@example.com', NULL
),
(
    'a0000000-0000-4000-8000-000000000003', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000001', '2025-07-02', 'Tire rotation', NULL,
    35.00, 35.00, 0.00, 0.00, 'USD', 'Example Tires', NULL, NULL, 51870,
    NULL, 'manual', NULL, NULL, NULL, NULL, NULL, NULL, 'Mileage from an old invoice', NULL, false,
    '2025-07-02 21:00:00+00', '2025-07-02 21:00:00+00', 'alex@example.com', NULL
),
(
    'a0000000-0000-4000-8000-000000000004', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000003', '2024-02-20', 'Emissions repair', 'New oxygen sensor',
    245.10, 150.00, 95.10, NULL, 'USD', NULL, NULL, NULL, 120480,
    '[]', 'import', NULL, NULL, NULL, NULL, NULL, NULL, NULL, ARRAY['emissions', 'repair'], false,
    '2024-02-20 23:00:00+00', '2024-02-20 23:00:00+00', NULL, NULL
),
(
    'a0000000-0000-4000-8000-000000000005', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000004', '2025-06-18', 'Oil change', NULL,
    74.00, NULL, NULL, NULL, NULL, 'Example Auto', NULL, NULL, 88950,
    NULL, 'manual', NULL, NULL, NULL, NULL, '2025-12-18', 96450, NULL, NULL, true,
    '2025-06-18 21:00:00+00', '2025-06-18 21:00:00+00', 'alex@example.com', NULL
),
(
    'a0000000-0000-4000-8000-000000000006', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000005', '2024-11-11', 'Soft top', 'Rear window glued',
    0.00, NULL, NULL, NULL, 'USD', 'Example Trim', NULL, NULL, 64300,
    NULL, 'api', 1.00, NULL, NULL, 6, NULL, NULL, 'Goodwill', NULL, true,
    '2024-11-11 19:00:00+00', '2024-11-11 19:00:00+00', 'alex@example.com', NULL
);
