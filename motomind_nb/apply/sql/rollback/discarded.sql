-- Purpose: the rows of one rebuilt table that were written since. Holes: table, key (the column of
-- key_two). Columns: those of the table. {name}: the table's name as text.
SELECT held.*
FROM {table} AS held
INNER JOIN pg_temp.motomind_written AS noted
    ON held.{key} = noted.key_two AND noted.table_name = {name} AND noted.kind IN ('new', 'changed')
