-- Purpose: a foreign key of a staged table, checked against all rows.
-- Identifiers: table, name, columns (a list), refers_to, referred (a list).
ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) REFERENCES {refers_to} ({referred})
