-- Purpose: how many rows of the legacy tables this transaction has written: none, or it is undone.
-- Parameters: tables (text[]). Columns: bigint.
SELECT coalesce(sum(held.n_tup_ins + held.n_tup_upd + held.n_tup_del), 0)::bigint
FROM pg_catalog.pg_stat_xact_user_tables AS held
WHERE held.schemaname = '{source}' AND held.relname = ANY(%(tables)s::text[])
