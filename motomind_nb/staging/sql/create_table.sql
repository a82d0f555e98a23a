-- Purpose: a staged table with its columns and checks.
-- Identifiers: table; parts (SQL text).
CREATE TABLE {table} ({parts})
