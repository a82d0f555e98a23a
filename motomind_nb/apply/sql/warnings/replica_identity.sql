-- Purpose: moved tables with another replica identity than the usual: the rebuilt ones have the usual one.
-- Parameters: schema (text), names (text[]). Columns: subject, found (text).
SELECT
    held.relname::text AS subject,
    'replica identity ' || CASE held.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' ELSE 'USING INDEX' END
    || ': set it on the rebuilt table by --also if a consumer needs it' AS found
FROM pg_catalog.pg_class AS held
WHERE
    held.relnamespace = to_regnamespace(%(schema)s)
    AND held.relname = ANY(%(names)s::text[])
    AND held.relkind IN ('r', 'p')
    AND held.relreplident <> 'd'
ORDER BY held.relname
