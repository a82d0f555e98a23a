-- Purpose: the rows of a staged table, from the CSV that the backup holds. The table was created in
-- this transaction, so its rows can be written as frozen.
-- Identifiers: table.
COPY {table} FROM STDIN (FORMAT csv, HEADER MATCH, NULL '\N', ENCODING 'UTF8', FREEZE TRUE)
