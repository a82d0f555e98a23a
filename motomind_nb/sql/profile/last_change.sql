-- Purpose: when a table was last written, as far as its own columns tell.
-- Identifiers: table, changes (a list of columns with a point in time). Columns: last (a date as text, UTC).
SELECT max(greatest({changes}))::date::text AS last
FROM {table}
