-- The keys and the values of one side, of the columns whose sums differ. Holes: side, the rows; first
-- and last, the columns of the key; values, the list of values as jsonb; excused, the list of whether
-- each may differ.
-- Columns: first and last (uuid), cells (jsonb[]), excused (boolean[]), both in the order of the columns.
SELECT
    side.{first} AS first,
    side.{last} AS last,
    ARRAY[{values}]::jsonb[] AS cells,
    ARRAY[{excused}]::boolean[] AS excused
FROM ({side}) AS side
