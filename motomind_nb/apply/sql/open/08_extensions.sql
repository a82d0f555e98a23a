-- Purpose: legacy relations that belong to an extension and cannot be moved alone.
-- Parameters: schema (text), names (text[]). Columns: subject, expected, found, action (text).
SELECT
    held.relname::text AS subject,
    'no member of an extension' AS expected,
    'a member of ' || owner.extname AS found,
    format('let an administrator run: ALTER EXTENSION %%I DROP TABLE %%I.%%I;', owner.extname, %(schema)s::text, held.relname)
    AS action
FROM pg_catalog.pg_depend AS used
INNER JOIN pg_catalog.pg_extension AS owner
    ON used.refclassid = 'pg_catalog.pg_extension'::regclass AND used.refobjid = owner.oid
INNER JOIN pg_catalog.pg_class AS held
    ON used.classid = 'pg_catalog.pg_class'::regclass AND used.objid = held.oid
WHERE
    used.deptype = 'e'
    AND held.relnamespace = to_regnamespace(%(schema)s)
    AND held.relname = ANY(%(names)s::text[])
ORDER BY held.relname
