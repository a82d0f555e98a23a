-- Purpose: whether rights work in the rebuilt schema, by whatever way a role has them. Reads only.
-- Parameters: tables (text[], named with their schema), roles (text[], PUBLIC for everybody),
-- commands (text[], maybe WITH GRANT OPTION), columns (text[], '' for the whole table).
-- Columns: works (boolean), one row for each right, in order.
SELECT
    coalesce(
        CASE
            WHEN part.relation IS NULL OR part.role IS NULL THEN false
            WHEN asked.command LIKE 'MAINTAIN%%' AND current_setting('server_version_num')::integer < 170000
                THEN false
            WHEN asked.column_name <> ''
                THEN has_column_privilege(part.role::name, part.relation, part.place, asked.command)
            ELSE has_table_privilege(part.role::name, part.relation, asked.command)
        END, false
    ) AS works
FROM
    unnest(%(tables)s::text[], %(roles)s::text[], %(commands)s::text[], %(columns)s::text[])
    WITH ORDINALITY AS asked (table_name, role_name, command, column_name, position)
CROSS JOIN LATERAL (
    SELECT
        to_regclass(nullif(asked.table_name, ''))::oid AS relation,
        CASE
            WHEN asked.role_name = 'PUBLIC' THEN lower(asked.role_name)
            ELSE (SELECT role.rolname::text FROM pg_catalog.pg_roles AS role WHERE role.rolname = asked.role_name)
        END AS role,
        (
            SELECT a.attnum FROM pg_catalog.pg_attribute AS a
            WHERE
                a.attrelid = to_regclass(nullif(asked.table_name, ''))
                AND a.attname = asked.column_name
                AND NOT a.attisdropped
        ) AS place
) AS part
ORDER BY asked.position
