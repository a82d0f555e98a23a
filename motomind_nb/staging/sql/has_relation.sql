-- Purpose: whether a relation exists. Parameters: name (text). Columns: found (boolean).
SELECT to_regclass(%(name)s) IS NOT NULL AS found
