-- public.users -> users: every column keeps its name. No parameters. Columns: those of the old table.
-- tenant_id is the membership's affair; deleted_at and the authors have no home there.
SELECT
    u.id,
    u.email,
    u.name,
    u.created_at,
    u.updated_at
FROM {target}.users AS u
