-- Purpose: what one pass says of a column of text. A part of profile/scan.
-- Identifiers: column; counted (the column, or * where it is never NULL).
-- Columns: a JSON array of filled (rows), lowest, highest (text, cut).
SELECT json_build_array(
    count({counted}),
    left(min({column} COLLATE "C"), 300), left(max({column} COLLATE "C"), 300)
)
