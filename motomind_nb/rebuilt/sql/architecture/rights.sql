-- What each role of the API may really do with each relation, function and schema, by whatever grant:
-- its own, PUBLIC's or that of a role it belongs to. The partitions of vehicle_events count as one
-- object; a grant on a column counts as the command. Columns that are named are listed one by one.
-- Rights on sequences, and MAINTAIN where the server
-- knows it (17 and newer), are listed only where there are any: nobody should have them. Functions of
-- schema {target} are not ours.
-- Parameters: columns (text array, schema.table.column). Columns: kind, object, role, command (text), granted (boolean).
WITH role AS (
    SELECT unnest(ARRAY['anon', 'authenticated', 'service_role']) AS name
),

relation AS (
    SELECT
        class.oid,
        schema.nspname || '.' || CASE
            WHEN class.relispartition THEN 'vehicle_events (partitions)' ELSE class.relname
        END AS object
    FROM pg_catalog.pg_class AS class
    INNER JOIN pg_catalog.pg_namespace AS schema ON class.relnamespace = schema.oid
    WHERE
        schema.nspname IN ('{target}', 'private', 'audit')
        AND class.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend AS part
            WHERE part.objid = class.oid AND part.deptype = 'e'
        )
),

relation_right AS (
    SELECT
        'relation' AS kind,
        relation.object,
        role.name AS role,
        command.name AS command,
        CASE
            WHEN command.by_column
                THEN has_any_column_privilege(role.name, relation.oid, command.name)
            ELSE has_table_privilege(role.name, relation.oid, command.name)
        END AS granted
    FROM relation
    CROSS JOIN role
    CROSS JOIN (
        VALUES
        ('SELECT', true), ('INSERT', true), ('UPDATE', true), ('DELETE', false),
        ('TRUNCATE', false), ('REFERENCES', true), ('TRIGGER', false)
    ) AS command (name, by_column)
    UNION ALL
    SELECT
        'relation' AS kind,
        relation.object,
        role.name AS role,
        command.name AS command,
        true AS granted
    FROM relation
    CROSS JOIN role
    CROSS JOIN (
        SELECT 'MAINTAIN' AS name
        WHERE current_setting('server_version_num')::integer >= 170000
    ) AS command
    WHERE has_table_privilege(role.name, relation.oid, command.name)
),

column_right AS (
    SELECT
        'column' AS kind,
        named.object,
        role.name AS role,
        command.name AS command,
        has_column_privilege(role.name, class.oid, attribute.attnum, command.name) AS granted
    FROM unnest(%(columns)s::text[]) AS named (object)
    INNER JOIN pg_catalog.pg_attribute AS attribute
        ON attribute.attname = split_part(named.object, '.', 3) AND NOT attribute.attisdropped
    INNER JOIN pg_catalog.pg_class AS class
        ON
            attribute.attrelid = class.oid
            AND class.relname = split_part(named.object, '.', 2)
            AND class.relnamespace = to_regnamespace(quote_ident(split_part(named.object, '.', 1)))
    CROSS JOIN role
    CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')) AS command (name)
),

sequence_right AS (
    SELECT
        'relation' AS kind,
        schema.nspname || '.' || class.relname AS object,
        role.name AS role,
        command.name AS command,
        true AS granted
    FROM pg_catalog.pg_class AS class
    INNER JOIN pg_catalog.pg_namespace AS schema ON class.relnamespace = schema.oid
    CROSS JOIN role
    CROSS JOIN (VALUES ('USAGE'), ('SELECT'), ('UPDATE')) AS command (name)
    WHERE
        schema.nspname IN ('{target}', 'private', 'audit')
        AND CASE class.relkind
            WHEN 'S' THEN has_sequence_privilege(role.name, class.oid, command.name)
            ELSE false
        END
),

function_right AS (
    SELECT
        'function' AS kind,
        schema.nspname || '.' || routine.proname || '('
        || pg_catalog.pg_get_function_identity_arguments(routine.oid) || ')' AS object,
        role.name AS role,
        'EXECUTE' AS command,
        has_function_privilege(role.name, routine.oid, 'EXECUTE') AS granted
    FROM pg_catalog.pg_proc AS routine
    INNER JOIN pg_catalog.pg_namespace AS schema ON routine.pronamespace = schema.oid
    CROSS JOIN role
    WHERE
        schema.nspname = 'private'
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend AS part
            WHERE part.objid = routine.oid AND part.deptype = 'e'
        )
),

schema_right AS (
    SELECT
        'schema' AS kind,
        schema.name AS object,
        role.name AS role,
        command.name AS command,
        coalesce(has_schema_privilege(role.name, to_regnamespace(schema.name), command.name), false)
        AS granted
    FROM (VALUES ('audit'), ('{source}'), ('private')) AS schema (name)
    CROSS JOIN role
    CROSS JOIN (VALUES ('USAGE'), ('CREATE')) AS command (name)
)

SELECT
    every.kind,
    every.object,
    every.role,
    every.command,
    bool_or(every.granted) AS granted
FROM (
    SELECT * FROM relation_right
    UNION ALL
    SELECT * FROM column_right
    UNION ALL
    SELECT * FROM sequence_right
    UNION ALL
    SELECT * FROM function_right
    UNION ALL
    SELECT * FROM schema_right
) AS every
GROUP BY every.kind, every.object, every.role, every.command
ORDER BY every.kind DESC, every.object, every.role, every.command;
