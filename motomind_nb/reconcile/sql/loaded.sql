-- What a target table holds, each row whole. Holes: target, the table; columns, in the order of the
-- projection; key_one, key_two, the columns that name a row.
-- Columns: key_one, key_two (uuid), whole (the row).
SELECT
    held.{key_one} AS key_one,
    held.{key_two} AS key_two,
    held AS whole
FROM (SELECT {columns} FROM {table}) AS held
