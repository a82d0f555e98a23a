-- The complete row. No holes.
SELECT side.whole_row
