-- Purpose: the roles of the API that may still name what is in schema legacy, by whatever way.
-- Parameters: roles (text[]). Columns: role.
SELECT wanted.role
FROM unnest(%(roles)s::text[]) AS wanted (role)
WHERE has_schema_privilege(wanted.role, to_regnamespace('{source}'), 'USAGE')
ORDER BY wanted.role
