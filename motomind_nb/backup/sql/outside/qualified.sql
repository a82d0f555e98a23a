-- Purpose: until the transaction ends every name that the server writes carries its schema, except
-- those of pg_catalog. Columns: search_path (text).
SELECT set_config('search_path', '', true) AS search_path
