-- Purpose: what one pass says of a column without an order of its own (uuid, JSON, list, address).
-- A part of profile/scan. Identifiers: counted (the column, or * where it is never NULL).
-- Columns: a JSON array of filled (rows) and two times NULL.
SELECT json_build_array(count({counted}), NULL, NULL)
