-- Purpose: append rows in COPY's text format to one table.
-- Parameters: table, columns (identifiers).
COPY {table} ({columns}) FROM STDIN -- noqa: PRS
