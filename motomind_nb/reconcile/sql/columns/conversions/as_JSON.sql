-- The value as the JSON value of its type; NULL is null. Hole: column (as text).
SELECT side.whole_row -> {column}
