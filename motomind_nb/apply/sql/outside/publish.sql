-- Purpose: put one table into a publication. Holes: publication, table.
ALTER PUBLICATION {publication} ADD TABLE {table}
