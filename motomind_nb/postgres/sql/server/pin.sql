-- Purpose: set settings until the session ends. Parameters: names, values (text arrays of one
-- length). Columns: held (text).
SELECT set_config(wanted.name, wanted.value, false) AS held
FROM unnest(%(names)s::text[], %(values)s::text[]) AS wanted (name, value)
