-- Purpose: make a foreign key of a table from outside anew, over the tables of the search path. Holes:
-- table, name, definition.
ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {definition}
