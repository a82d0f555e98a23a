-- Purpose: a foreign key of a scratch table, checked against all rows.
-- Identifiers: table, name; text (SQL).
ALTER TABLE {table} ADD CONSTRAINT {name} {text}
