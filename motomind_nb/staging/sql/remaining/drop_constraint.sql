-- Purpose: take back a key that was made without its actions. Identifiers: table, name.
ALTER TABLE {table} DROP CONSTRAINT {name}
