-- Writes what a projection maps. Holes: target, the table; columns, its columns in the order of the
-- projection; projection, the SELECT.
INSERT INTO {table} ({columns}) {projection}
