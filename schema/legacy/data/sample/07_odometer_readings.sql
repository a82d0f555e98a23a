-- Four readings of two vehicles.
-- Trap: the evening reading of 2025-09-10 was typed in before the morning one, so that the order of
-- typing puts 18,905 last.

INSERT INTO odometer_readings (
    id, tenant_id, vehicle_id, mileage, reading_date, reading_time, source, confidence_score,
    image_url, ocr_data, display_type, reading_quality, location, fuel_level, warning_lights,
    is_verified, is_estimated, miles_since_last, days_since_last, notes, created_at, updated_at,
    created_by, updated_by
) VALUES
(
    '80000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000001', 51990, '2025-06-14', '18:05:00', 'manual', NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    false, false, NULL, NULL, NULL, '2025-06-15 01:06:00+00', '2025-06-15 01:06:00+00',
    'alex@example.com', NULL
),
(
    '80000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000001', 53190, '2025-09-20', '08:10:00', 'photo', 0.97,
    'https://files.example.com/odometer/2.jpg', '{"text": "053190", "engine": "example"}',
    'digital', 'good', 'Home', '1/4', ARRAY['tire pressure'],
    true, false, 1200, 98, 'Low fuel', '2025-09-20 15:11:00+00', '2025-09-20 15:12:00+00',
    'alex@example.com', 'alex@example.com'
),
(
    '80000000-0000-4000-8000-000000000003', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000002', 18940, '2025-09-10', '19:20:00', 'manual', 1.00,
    NULL, NULL, 'digital', NULL, NULL, NULL, ARRAY[]::text[],
    true, false, 35, 0, NULL, '2025-09-11 02:21:00+00', '2025-09-11 02:21:00+00',
    'alex@example.com', NULL
),
(
    '80000000-0000-4000-8000-000000000004', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000002', 18905, '2025-09-10', '06:55:00', 'manual', 0.80,
    NULL, NULL, 'digital', NULL, NULL, NULL, NULL,
    false, true, 295, 26, 'From memory', '2025-09-11 02:24:00+00', '2025-09-11 02:24:00+00',
    'alex@example.com', NULL
);
