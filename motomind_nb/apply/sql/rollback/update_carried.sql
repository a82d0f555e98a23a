-- Purpose: bring changed rows of one rebuilt table back into their legacy row. Holes: table (legacy),
-- columns, values (the same columns of row ``back``), reverse (the projection back), key. {name}: the
-- rebuilt table's name as text.
UPDATE {table} AS old
SET ({columns}) = ROW({values}) -- noqa: PRS
FROM ({reverse}) AS back
INNER JOIN pg_temp.motomind_written AS noted
    ON back.{key} = noted.key_two AND noted.table_name = {name} AND noted.kind = 'changed'
WHERE old.{key} = back.{key}
