-- Purpose: whether a database holds a load of this tool; reads the catalogs only.
-- Parameters: none.
-- Columns: holds_load (true when a table of the audit or of the staged copy is there).
SELECT
    coalesce(
        to_regclass('audit.run'),
        to_regclass('audit.source_object'),
        to_regclass('{source}.vehicle_events')
    ) IS NOT NULL AS holds_load
