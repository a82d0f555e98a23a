-- Purpose: a primary or unique key of a staged table.
-- Identifiers: table, name, columns (a list); rule (PRIMARY KEY, UNIQUE, ...).
ALTER TABLE {table} ADD CONSTRAINT {name} {rule} ({columns})
