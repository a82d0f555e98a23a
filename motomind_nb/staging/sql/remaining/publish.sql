-- Purpose: a table of a publication. Identifiers: publication, table.
ALTER PUBLICATION {publication} ADD TABLE {table}
