-- Purpose: how much disk the apply will need. 1,000,000 events in 277 MB of legacy tables made 2.4 GB of
-- rebuilt tables, with those of the rehearsed checks, and 2.4 GB of write-ahead log: 9 times each.
-- Parameters: schema (text), tables (text[]). Columns: subject, found (text).
SELECT
    'disk' AS subject,
    format(
        'about %%s for the rebuilt tables and as much for the write-ahead log (9 times %%s);'
        ' what is free a server does not say: look there',
        pg_size_pretty(9 * needed.bytes), pg_size_pretty(needed.bytes)
    ) AS found
FROM (
    SELECT coalesce(sum(pg_total_relation_size(held.oid)), 0)::bigint AS bytes
    FROM pg_catalog.pg_class AS held
    WHERE
        held.relnamespace = to_regnamespace(%(schema)s)
        AND held.relname = ANY(%(tables)s::text[]) AND held.relkind IN ('r', 'p')
) AS needed
