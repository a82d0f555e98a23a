-- Purpose: what one pass says of a column of numbers, dates or times. A part of profile/scan.
-- Identifiers: column; counted (the column, or * where it is never NULL).
-- Columns: a JSON array of filled (rows), lowest, highest (text).
SELECT json_build_array(count({counted}), min({column})::text, max({column})::text)
