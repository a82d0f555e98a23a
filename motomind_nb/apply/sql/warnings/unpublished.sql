-- Purpose: tables of publications that have no successor of their name: they stay published from where
-- they go, and nobody writes there any more. Parameters: schema (text), names (text[], the legacy
-- relations), replaced (text[], those with a successor). Columns: subject, found (text).
SELECT
    'publication ' || published.pubname AS subject,
    held.relname || ' has no rebuilt table of its name: it stays published from schema legacy' AS found
FROM pg_catalog.pg_publication_rel AS member
INNER JOIN pg_catalog.pg_publication AS published ON member.prpubid = published.oid
INNER JOIN pg_catalog.pg_class AS held ON member.prrelid = held.oid
WHERE
    held.relnamespace = to_regnamespace(%(schema)s)
    AND held.relname = ANY(%(names)s::text[])
    AND held.relname <> ALL(%(replaced)s::text[])
ORDER BY subject, found
