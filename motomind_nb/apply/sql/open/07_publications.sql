-- Purpose: publications that name a table whose place is taken, and that this role cannot change.
-- Parameters: schema (text), names (text[]). Hole: published (see parts/published).
-- Columns: subject, expected, found, action (text).
SELECT DISTINCT
    'publication ' || member.publication AS subject,
    'owned by ' || current_user AS expected,
    'owned by ' || pg_get_userbyid(member.publication_owner) AS found,
    format('let an administrator run: ALTER PUBLICATION %%I OWNER TO %%I;', member.publication, current_user)
    AS action
FROM ({published}) AS member
WHERE NOT pg_has_role(member.publication_owner, 'USAGE')
ORDER BY subject
