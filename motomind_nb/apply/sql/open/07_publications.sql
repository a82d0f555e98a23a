-- Purpose: publications that name a table whose place is taken, and that this role cannot change.
-- Parameters: schema (text), names (text[]). Columns: subject, expected, found, action (text).
SELECT DISTINCT
    'publication ' || published.pubname AS subject,
    'owned by ' || current_user AS expected,
    'owned by ' || pg_get_userbyid(published.pubowner) AS found,
    format('let an administrator run: ALTER PUBLICATION %%I OWNER TO %%I;', published.pubname, current_user)
    AS action
FROM pg_catalog.pg_publication_rel AS member
INNER JOIN pg_catalog.pg_publication AS published ON member.prpubid = published.oid
INNER JOIN pg_catalog.pg_class AS held ON member.prrelid = held.oid
WHERE
    held.relnamespace = to_regnamespace(%(schema)s)
    AND held.relname = ANY(%(names)s::text[])
    AND NOT pg_has_role(published.pubowner, 'USAGE')
ORDER BY subject
