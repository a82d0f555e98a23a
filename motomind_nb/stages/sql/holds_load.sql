-- Purpose: whether a database holds a load of this tool; reads the catalogs only.
-- Parameters: none.
-- Columns: holds_load (true when one of the audit's own tables is there).
SELECT coalesce(to_regclass('audit.run'), to_regclass('audit.source_object')) IS NOT NULL AS holds_load
