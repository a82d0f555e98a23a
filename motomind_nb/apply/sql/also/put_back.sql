-- Purpose: put settings back that differ from what they were. Parameters: names, values (text[]).
-- Columns: held (text).
SELECT set_config(wanted.name, wanted.held, true) AS held
FROM unnest(%(names)s::text[], %(values)s::text[]) WITH ORDINALITY AS wanted (name, held, place)
WHERE current_setting(wanted.name) IS DISTINCT FROM wanted.held
ORDER BY wanted.place
