-- garages -> public.garages: every column keeps its name; coordinates (degrees) keep all digits.
-- No parameters. The authors are new and unknown.
SELECT
    g.id,
    g.tenant_id,
    g.name,
    g.address,
    g.lat,
    g.lng,
    g.timezone,
    g.meta,
    g.is_default,
    g.created_at,
    g.updated_at,
    g.deleted_at,
    NULL::uuid AS created_by,
    NULL::uuid AS updated_by,
    NULL::uuid AS deleted_by
FROM audit.loadable_garages AS g
