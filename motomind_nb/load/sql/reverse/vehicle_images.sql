-- public.vehicle_images -> vehicle_images: every column keeps its name. No parameters.
-- Columns: those of the old table. The authors have no home there.
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
    i.deleted_at
FROM {target}.vehicle_images AS i
