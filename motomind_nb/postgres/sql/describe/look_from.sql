-- Purpose: resolve names in one schema only until the transaction ends, so that the server writes
-- the schema's own names without it and all others with theirs.
-- Parameters: schema (text). Columns: search_path (text).
SELECT set_config('search_path', quote_ident(%(schema)s), true) AS search_path
