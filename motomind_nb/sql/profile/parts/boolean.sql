-- Purpose: what one pass says of a column of truth values. A part of profile/scan.
-- Columns: a JSON array of filled (rows), lowest, highest (text).
SELECT json_build_array(count({column}), bool_and({column})::text, bool_or({column})::text)
