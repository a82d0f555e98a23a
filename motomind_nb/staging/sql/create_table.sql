-- Purpose: a staged table with its columns, their built-in types and NOT NULL.
-- Identifiers: table; parts (a list).
CREATE TABLE {table} ({parts})
