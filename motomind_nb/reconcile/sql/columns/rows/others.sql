-- The rows of a source that must be in the target. Hole: rows, the staged rows that are not in
-- quarantine. Columns: those of the table, then whole_row (jsonb).
SELECT
    staged.*,
    to_jsonb(staged.*) AS whole_row
FROM ({rows}) AS staged
-- each row is put together once, not anew for each of its values
OFFSET 0
