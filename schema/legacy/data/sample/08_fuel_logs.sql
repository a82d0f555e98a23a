-- Traps: an amount in Canadian dollars whose odometer is the vehicle's true latest reading; a
-- receipt without gallons, price, fuel type and station.

INSERT INTO fuel_logs (
    id, tenant_id, vehicle_id, date, time, total_amount, currency, gallons, price_per_gallon,
    fuel_type, station_name, station_address, location_lat, location_lng, payment_method,
    transaction_number, tax_amount, source, confidence_score, image_url, ocr_data,
    odometer_reading, notes, tags, is_verified, is_estimated, created_at, updated_at, created_by,
    updated_by
) VALUES
(
    '90000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000001', '2025-09-20', '08:40:00', 38.50, 'CAD', 9.130, 4.217,
    'Regular', 'Example Fuels', '99 Example Highway', 45.53001122, -122.69003344, 'card',
    'T-000123', 1.83, 'photo', 0.92, 'https://files.example.com/fuel/1.jpg',
    '{"total": "38.50", "currency": "CAD"}',
    53194, 'On the way north', ARRAY['trip', 'reimbursable'], true, false,
    '2025-09-20 15:45:00+00', '2025-09-20 15:50:00+00', 'alex@example.com', 'alex@example.com'
),
(
    '90000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000002', '2025-08-15', '13:20:00', 29.75, 'USD', NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, 'manual', NULL, NULL,
    NULL,
    18610, NULL, NULL, false, true,
    '2025-08-15 20:30:00+00', '2025-08-15 20:30:00+00', 'alex@example.com', NULL
);
