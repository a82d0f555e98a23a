-- Purpose: what one pass says of a column without an order of its own (uuid, JSON, list, address).
-- A part of profile/scan. Columns: a JSON array of filled (rows) and two times NULL.
SELECT json_build_array(count({column}), NULL, NULL)
