-- Purpose: a foreign key that was added beside another one takes its place and its name.
-- Holes: table, name, added (the name so far).
ALTER TABLE {table} DROP CONSTRAINT {name};
ALTER TABLE {table} RENAME CONSTRAINT {added} TO {name}
