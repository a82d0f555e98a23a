-- Purpose: how many points in time are the zero of computers or near it: made up, not measured.
-- A part of profile/scan. Columns: a JSON array of filled (rows), near_zero (rows).
SELECT json_build_array(count({column}), count({column}) FILTER (WHERE {column} < '1971-01-01'))
