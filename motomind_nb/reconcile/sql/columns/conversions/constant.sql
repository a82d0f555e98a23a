-- One value for every row. Hole: value (as text).
SELECT {value}::text
