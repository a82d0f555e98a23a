-- public.garages -> garages: every column keeps its name; coordinates in degrees. No parameters.
-- Columns: those of the old table. The authors have no home there.
SELECT
    g.id,
    g.tenant_id,
    g.name,
    g.address,
    g.lat,
    g.lng,
    g.timezone,
    g.meta,
    g.created_at,
    g.updated_at,
    g.is_default,
    g.deleted_at
FROM {target}.garages AS g
