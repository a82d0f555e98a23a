-- Purpose: a foreign key of a table from outside gets its own comment again. Holes: name, table, comment.
COMMENT ON CONSTRAINT {name} ON {table} IS {comment}
