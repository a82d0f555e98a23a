-- Purpose: the tables of a schema that publications name one by one, for another query's FROM.
-- Parameters: schema (text), names (text[]). Columns: publication, table_name (name), publication_owner
-- (oid), is_whole (boolean: without filter or list of columns).
SELECT
    published.pubname AS publication,
    published.pubowner AS publication_owner,
    held.relname AS table_name,
    member.prqual IS NULL AND member.prattrs IS NULL AS is_whole
FROM pg_catalog.pg_publication_rel AS member
INNER JOIN pg_catalog.pg_publication AS published ON member.prpubid = published.oid
INNER JOIN pg_catalog.pg_class AS held ON member.prrelid = held.oid
WHERE
    held.relnamespace = to_regnamespace(%(schema)s)
    AND held.relname = ANY(%(names)s::text[])
