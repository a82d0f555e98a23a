-- Purpose: what one pass says of a column of numbers, dates or times. A part of profile/scan.
-- Columns: a JSON array of filled (rows), lowest, highest (text).
SELECT json_build_array(count({column}), min({column})::text, max({column})::text)
