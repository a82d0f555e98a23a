-- Purpose: what the state of the migration is derived from.
-- Parameters: tables (text[], the 25 legacy tables). Columns: in_public, in_legacy (integer, how many
-- of the tables stand there), legacy, private, next, audit (boolean, is there such a schema), recorded
-- (boolean, is there a table of applications).
SELECT
    (
        SELECT count(*)::integer FROM pg_catalog.pg_class AS held
        WHERE held.relnamespace = to_regnamespace('public')
            AND held.relname = ANY(%(tables)s::text[]) AND held.relkind IN ('r', 'p')
    ) AS in_public,
    (
        SELECT count(*)::integer FROM pg_catalog.pg_class AS held
        WHERE held.relnamespace = to_regnamespace('legacy')
            AND held.relname = ANY(%(tables)s::text[]) AND held.relkind IN ('r', 'p')
    ) AS in_legacy,
    to_regnamespace('legacy') IS NOT NULL AS legacy,
    to_regnamespace('private') IS NOT NULL AS private,
    to_regnamespace('next') IS NOT NULL AS next,
    to_regnamespace('audit') IS NOT NULL AS audit,
    to_regclass('audit.application') IS NOT NULL AS recorded
