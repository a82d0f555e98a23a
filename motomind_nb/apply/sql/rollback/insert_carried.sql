-- Purpose: bring new rows of one rebuilt table back as legacy rows. Holes: table (legacy), columns, values
-- (the same columns of row ``back``), reverse (the projection back), key. {name}: the rebuilt table's name.
INSERT INTO {table} ({columns})
SELECT {values}
FROM ({reverse}) AS back
INNER JOIN pg_temp.motomind_written AS noted
    ON back.{key} = noted.key_two AND noted.table_name = {name} AND noted.kind = 'new'
