-- Purpose: the rows of one object, one line each, into its scratch table. Identifiers: table.
COPY {table} FROM STDIN (FORMAT text, ENCODING 'UTF8')
