-- What one projection says the target must hold, each row whole. Holes: source, the source table as
-- text; key_one, key_two, the columns that name a row; projection, the SELECT.
-- Columns: source (text), key_one, key_two (uuid), whole (the row).
SELECT
    {name}::text AS source,
    mapped.{key_one} AS key_one,
    mapped.{key_two} AS key_two,
    mapped AS whole
FROM ({projection}) AS mapped
