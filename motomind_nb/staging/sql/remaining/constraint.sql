-- Purpose: a key, a check or an exclusion. Identifiers: table, name; rule.
ALTER TABLE {table} ADD CONSTRAINT {name} {rule}
