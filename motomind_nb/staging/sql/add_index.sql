-- Purpose: an index of a staged table that our own checks need. Identifiers: table, columns (a list).
CREATE INDEX ON {table} ({columns})
