-- vehicle_images -> public.vehicle_images: every column keeps its name.
-- No parameters. public_url stays: it is the only way to the stored file.
SELECT
    i.id,
    i.tenant_id,
    i.vehicle_id,
    i.storage_path,
    i.public_url,
    i.filename,
    i.image_type,
    i.is_primary,
    i.created_at,
    i.updated_at,
    i.deleted_at,
    NULL::uuid AS created_by,
    NULL::uuid AS updated_by,
    NULL::uuid AS deleted_by
FROM audit.loadable_vehicle_images AS i
