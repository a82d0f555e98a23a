-- Purpose: the publications that name a moved table as it is (without filter or columns), in which the
-- rebuilt table of the same name takes its place. Parameters: schema (text), names (text[]).
-- Columns: publication, name (text).
SELECT
    published.pubname::text AS publication,
    held.relname::text AS name
FROM pg_catalog.pg_publication_rel AS member
INNER JOIN pg_catalog.pg_publication AS published ON member.prpubid = published.oid
INNER JOIN pg_catalog.pg_class AS held ON member.prrelid = held.oid
WHERE
    held.relnamespace = to_regnamespace(%(schema)s)
    AND held.relname = ANY(%(names)s::text[])
    AND member.prqual IS NULL AND member.prattrs IS NULL
ORDER BY published.pubname, held.relname
