-- Purpose: a foreign key of a table from outside beside the one that it has, over the tables of the search
-- path. Holes: table, name, definition.
ALTER TABLE {table} ADD CONSTRAINT {name} {definition}
