-- The view of a source's rows that can be loaded. Holes: view, rows (see loadable_rows_query).
CREATE OR REPLACE VIEW {view} AS
{rows};

REVOKE ALL ON {view} FROM PUBLIC, anon, authenticated, service_role
