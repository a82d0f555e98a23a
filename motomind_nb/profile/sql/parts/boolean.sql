-- Purpose: what one pass says of a column of truth values. A part of profile/scan.
-- Identifiers: column; counted (the column, or * where it is never NULL).
-- Columns: a JSON array of filled (rows), lowest, highest (text).
SELECT json_build_array(count({counted}), bool_and({column})::text, bool_or({column})::text)
