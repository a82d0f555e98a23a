-- Traps: tables said to be empty or unused hold rows (manual_events can't: its trigger fails).
-- A decoded VIN and an onboarding row without a vehicle.

INSERT INTO uploads (
    id, tenant_id, user_id, vehicle_id, kind, storage_url, mime_type, bytes, captured_at,
    created_at, updated_at
) VALUES (
    'e0000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002',
    '20000000-0000-4000-8000-000000000002', '40000000-0000-4000-8000-000000000006',
    'odometer_photo', 'https://files.example.com/upload/1.jpg', 'image/jpeg', 48211,
    '2025-06-01 12:00:00+00', '2025-06-01 12:01:00+00', '2025-06-01 12:01:00+00'
);

INSERT INTO explanations (
    id, tenant_id, vehicle_id, question, reasoning, confidence, flag_types, data_quality_score,
    created_by, created_at
) VALUES (
    'e1000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002',
    '40000000-0000-4000-8000-000000000006', 'Why is the mileage blocked?',
    '{"steps": ["535,000 stands before 53,600"]}', 'high', '["mileage"]', 40,
    '20000000-0000-4000-8000-000000000002', '2025-06-02 12:00:00+00'
);

INSERT INTO audit_log (
    id, tenant_id, table_name, record_id, action, old_values, new_values, changed_by, changed_at,
    ip_address, user_agent, request_id
) VALUES (
    'e2000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002', 'vehicles',
    '40000000-0000-4000-8000-000000000006', 'UPDATE', '{"notes": null}',
    '{"notes": "One digit too many in May"}', '20000000-0000-4000-8000-000000000002',
    '2025-06-01 08:00:00+00', '192.0.2.10', 'example-browser/1.0', 'req-0001'
);

INSERT INTO image_generation_queue (
    id, canonical_key, make, model, body_style, generation, status, requested_by, tenant_id,
    created_at, updated_at
) VALUES (
    'e3000000-0000-4000-8000-000000000001', 'ford_transit_fourth', 'Ford', 'Transit', 'van',
    'Fourth', 'failed', '20000000-0000-4000-8000-000000000002',
    '10000000-0000-4000-8000-000000000002', '2025-06-03 12:00:00+00', '2025-06-03 12:05:00+00'
);

INSERT INTO provider_integrations (
    id, tenant_id, provider, api_key_encrypted, config, is_active, last_sync_at, created_at,
    updated_at
) VALUES (
    'e4000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002', 'geotab',
    'not-a-key', '{"region": "east"}', false, NULL, '2025-06-04 12:00:00+00',
    '2025-06-04 12:00:00+00'
);

INSERT INTO usage_counters (
    id, tenant_id, day, explanations_count, pdf_exports_count, tokens_in, tokens_out, created_at,
    updated_at
) VALUES (
    1, '10000000-0000-4000-8000-000000000002', '2025-06-02', 1, 0, 812, 455,
    '2025-06-02 12:00:00+00', '2025-06-02 12:00:00+00'
);

INSERT INTO vehicle_metrics (
    id, tenant_id, vehicle_id, metric_date, fuel_efficiency_mpg, miles_driven,
    data_completeness_pct, created_at, updated_at
) VALUES (
    1, '10000000-0000-4000-8000-000000000002', '40000000-0000-4000-8000-000000000006',
    '2025-06-02', 15.25, 300, 60, '2025-06-02 12:00:00+00', '2025-06-02 12:00:00+00'
);

SELECT
    setval('usage_counters_id_seq', 1),
    setval('vehicle_metrics_id_seq', 1);

INSERT INTO vin_cache (vin, data, created_at, updated_at) VALUES (
    'MADEUP00000000999', '{"decoded": false}', '2025-09-21 12:00:00+00', '2025-09-21 12:00:00+00'
);

INSERT INTO vehicle_onboarding (
    id, tenant_id, vin, step, data, time_spent_seconds, completed_at, created_at
) VALUES (
    'd0000000-0000-4000-8000-000000000101', '10000000-0000-4000-8000-000000000003', NULL, 'vin',
    NULL, NULL, NULL, '2024-12-01 08:05:00+00'
);
