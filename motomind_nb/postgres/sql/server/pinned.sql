-- Purpose: the settings of which the session holds another value than the wanted one.
-- Parameters: names, values (text arrays of one length). Columns: name, held (text).
SELECT
    wanted.name,
    current_setting(wanted.name) AS held
FROM unnest(%(names)s::text[], %(values)s::text[]) AS wanted (name, value)
WHERE current_setting(wanted.name) IS DISTINCT FROM wanted.value
ORDER BY wanted.name
