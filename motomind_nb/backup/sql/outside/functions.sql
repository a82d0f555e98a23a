-- Purpose: functions that use something that the migration moves, by their types or a parsed body, or
-- only by their text; and the other functions of the schema, which name nothing of it. Parts of an
-- extension, temporary ones and what the server brings along are left out. A text that puts a name together at run
-- time is not found.
-- Parameters: schema (text), classes, ids, names (arrays: what the migration moves), words (a regular
-- expression for names in texts).
-- Columns: kind (with "by text" where the server knows nothing of it), name, depends_on (empty where it
-- names nothing), text.
WITH moved AS (
    SELECT m.class, m.id, m.name
    FROM unnest(%(classes)s::oid[], %(ids)s::oid[], %(names)s::text[]) AS m (class, id, name)
),

-- looking for the names takes long: in texts of others only
other AS MATERIALIZED (
    SELECT
        p.oid,
        p.prokind,
        p.prosrc,
        n.nspname,
        l.lanname NOT IN ('internal', 'c') AND p.prosqlbody IS NULL AND p.prokind <> 'a' AS has_text
    FROM pg_catalog.pg_proc AS p
    INNER JOIN pg_catalog.pg_namespace AS n ON p.pronamespace = n.oid
    INNER JOIN pg_catalog.pg_language AS l ON p.prolang = l.oid
    WHERE
        p.oid >= 16384
        AND NOT starts_with(n.nspname, 'pg_temp_')
        AND NOT EXISTS (
            SELECT FROM moved AS m
            WHERE m.class = 'pg_catalog.pg_proc'::regclass AND m.id = p.oid
        )
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend AS d
            WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
        )
)

SELECT
    CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END
    || CASE WHEN NOT used.parsed THEN ' by text' ELSE '' END AS kind,
    p.oid::regprocedure::text AS name,
    coalesce(used.names, '') AS depends_on,
    CASE p.prokind WHEN 'a' THEN 'AGGREGATE ' || p.oid::regprocedure ELSE pg_get_functiondef(p.oid) END
        AS text
FROM other AS p
CROSS JOIN LATERAL (
    SELECT string_agg(DISTINCT u.name, ', ' ORDER BY u.name) AS names, bool_or(u.parsed) AS parsed
    FROM (
        SELECT m.name, true AS parsed
        FROM pg_catalog.pg_depend AS d
        INNER JOIN moved AS m ON d.refclassid = m.class AND d.refobjid = m.id
        WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid
        UNION ALL
        SELECT lower(coalesce(f.name[1], f.name[2])), false
        FROM regexp_matches(p.prosrc, %(words)s, 'gi') AS f (name)
        WHERE p.has_text
    ) AS u
) AS used
WHERE used.names IS NOT NULL OR p.nspname = %(schema)s
ORDER BY 1, 2
