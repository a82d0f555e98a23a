-- Purpose: whether a function without arguments exists. Parameters: name (text).
-- Columns: found (boolean).
SELECT to_regprocedure(%(name)s || '()') IS NOT NULL AS found
