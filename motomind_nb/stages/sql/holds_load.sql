-- Purpose: whether a database holds a load of this tool; reads the catalogs only.
-- Parameters: none.
-- Columns: holds_load (true when the audit's own tables are there).
SELECT to_regclass('audit.source_object') IS NOT NULL AS holds_load
