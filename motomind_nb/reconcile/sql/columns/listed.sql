-- The keys and the values of one side, of the columns whose sums differ. Holes: side, the rows; first
-- and last, the columns of the key; values, the list of values as jsonb.
-- Columns: first and last (uuid), cells (jsonb[], in the order of the columns).
SELECT
    side.{first} AS first,
    side.{last} AS last,
    ARRAY[{values}]::jsonb[] AS cells
FROM ({side}) AS side
