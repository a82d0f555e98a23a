-- Purpose: put one table into a publication, its heirs not among it. Holes: publication, table.
ALTER PUBLICATION {publication} ADD TABLE ONLY {table}
