-- Purpose: a constraint of a staged table. Identifiers: table, name; text (SQL).
ALTER TABLE {table} ADD CONSTRAINT {name} {text}
