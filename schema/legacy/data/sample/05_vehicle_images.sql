-- Traps: image_type general (the legacy default); updated_at in 1970; storage_path alone does not
-- lead to the file, public_url does.

INSERT INTO vehicle_images (
    id, tenant_id, vehicle_id, storage_path, public_url, filename, image_type, is_primary,
    created_at, updated_at, deleted_at
) VALUES (
    '60000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001',
    '40000000-0000-4000-8000-000000000001', 'vehicles/1/front.jpg',
    'https://files.example.com/storage/v1/object/public/vehicle-images/a1/front.jpg', 'front.jpg',
    'general', true, '2024-03-01 12:00:00+00', '1970-01-01 00:00:00+00', NULL
);
