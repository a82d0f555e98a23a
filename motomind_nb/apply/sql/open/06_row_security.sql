-- Purpose: tables whose rows a policy hides from this role: it would migrate a part and call it all.
-- Parameters: schema (text), tables (text[]). Columns: subject, expected, found, action (text).
SELECT
    held.relname::text AS subject,
    'all its rows' AS expected,
    'row level security that filters ' || current_user AS found,
    'apply as the owner without FORCE ROW LEVEL SECURITY, or as a role with BYPASSRLS' AS action
FROM pg_catalog.pg_class AS held
WHERE
    held.relnamespace = to_regnamespace(%(schema)s)
    AND held.relkind IN ('r', 'p')
    AND held.relname = ANY(%(tables)s::text[])
    AND row_security_active(held.oid)
ORDER BY held.relname
