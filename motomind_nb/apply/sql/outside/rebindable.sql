-- Purpose: what hangs on the moved tables from outside and can be made anew exactly: foreign keys, views
-- and functions whose body the server has parsed. Texts name tables without a schema: the search path is
-- the source's schema alone meanwhile.
-- Parameters: schema (text), names (text[], the moved relations).
-- Columns: kind (foreign key, view, function), subject (text, as the findings name it; of functions see
-- signatures.sql), place (text, the qualified table or view that ALTER or CREATE names), name (text, of
-- the constraint), text (text), comment (text, of a foreign key), fires (boolean, whether a foreign key's
-- triggers are all enabled), owned (boolean, whether this role may change it), routine (oid of a function),
-- has_partitions (boolean, of the table of a foreign key).
-- What takes or gives a row of a moved table has another type afterwards, and is left out.
WITH moved AS (
    SELECT held.oid, held.reltype, kind.typarray
    FROM pg_catalog.pg_class AS held
    LEFT JOIN pg_catalog.pg_type AS kind ON held.reltype = kind.oid
    WHERE held.relnamespace = to_regnamespace(%(schema)s) AND held.relname = ANY(%(names)s::text[])
)

SELECT
    'foreign key' AS kind,
    'foreign key ' || shown.identity AS subject,
    format('%%I.%%I', home.nspname, held.relname) AS place,
    rule.conname::text AS name,
    pg_get_constraintdef(rule.oid) AS text,
    coalesce(obj_description(rule.oid, 'pg_constraint'), '') AS comment,
    NOT EXISTS (
        SELECT FROM pg_catalog.pg_trigger AS fired
        WHERE fired.tgconstraint = rule.oid AND fired.tgenabled <> 'O'
    ) AS fires,
    pg_has_role(held.relowner, 'USAGE') AS owned,
    NULL::oid AS routine,
    held.relkind = 'p' AS has_partitions
FROM pg_catalog.pg_constraint AS rule
INNER JOIN pg_catalog.pg_class AS held ON rule.conrelid = held.oid
INNER JOIN pg_catalog.pg_namespace AS home ON held.relnamespace = home.oid
CROSS JOIN LATERAL pg_identify_object('pg_catalog.pg_constraint'::regclass, rule.oid, 0) AS shown
WHERE
    rule.contype = 'f' AND rule.conparentid = 0
    AND rule.confrelid IN (SELECT moved.oid FROM moved)
    AND rule.conrelid NOT IN (SELECT moved.oid FROM moved)
UNION ALL
SELECT DISTINCT
    'view',
    'view ' || shown.identity,
    format('%%I.%%I', home.nspname, held.relname),
    '',
    coalesce(
        'WITH (' || (
            SELECT string_agg(format('%%I = %%L', chosen.option_name, chosen.option_value), ', ')
            FROM pg_options_to_table(held.reloptions) AS chosen
        ) || ') ', ''
    ) || 'AS ' || pg_get_viewdef(held.oid),
    '',
    true,
    pg_has_role(held.relowner, 'USAGE'),
    NULL::oid,
    false
FROM pg_catalog.pg_depend AS used
INNER JOIN pg_catalog.pg_rewrite AS rule
    ON used.classid = 'pg_catalog.pg_rewrite'::regclass AND used.objid = rule.oid
INNER JOIN pg_catalog.pg_class AS held ON rule.ev_class = held.oid AND held.relkind = 'v'
INNER JOIN pg_catalog.pg_namespace AS home ON held.relnamespace = home.oid
CROSS JOIN LATERAL pg_identify_object('pg_catalog.pg_class'::regclass, held.oid, 0) AS shown
WHERE
    used.refclassid = 'pg_catalog.pg_class'::regclass
    AND used.refobjid IN (SELECT moved.oid FROM moved)
    AND held.oid NOT IN (SELECT moved.oid FROM moved)
    AND home.nspname <> 'audit'
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_attribute AS part
        INNER JOIN moved ON part.atttypid IN (moved.reltype, moved.typarray)
        WHERE part.attrelid = held.oid AND NOT part.attisdropped
    )
UNION ALL
SELECT DISTINCT
    'function',
    CASE routine.prokind WHEN 'p' THEN 'procedure ' ELSE 'function ' END || routine.oid::regprocedure,
    routine.oid::regprocedure::text,
    '',
    pg_get_functiondef(routine.oid),
    '',
    true,
    pg_has_role(routine.proowner, 'USAGE'),
    routine.oid,
    false
FROM pg_catalog.pg_depend AS used
INNER JOIN pg_catalog.pg_proc AS routine
    ON used.classid = 'pg_catalog.pg_proc'::regclass AND used.objid = routine.oid
WHERE
    used.refclassid = 'pg_catalog.pg_class'::regclass
    AND used.refobjid IN (SELECT moved.oid FROM moved)
    AND routine.prosqlbody IS NOT NULL
    AND NOT EXISTS (
        SELECT FROM moved
        WHERE
            routine.prorettype IN (moved.reltype, moved.typarray)
            OR moved.reltype = ANY(coalesce(routine.proallargtypes, routine.proargtypes::oid[]))
            OR moved.typarray = ANY(coalesce(routine.proallargtypes, routine.proargtypes::oid[]))
    )
ORDER BY 1, 2
