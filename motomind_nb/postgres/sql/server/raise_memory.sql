-- Purpose: raise settings of memory until the session ends, where the server gives less.
-- Parameters: names, values (text arrays of one length, sizes with their unit).
-- Columns: name, held (text, what the session then has).
SELECT
    wanted.name,
    set_config(wanted.name, wanted.value, false) AS held
FROM unnest(%(names)s::text[], %(values)s::text[]) AS wanted (name, value)
WHERE pg_size_bytes(current_setting(wanted.name)) < pg_size_bytes(wanted.value)
