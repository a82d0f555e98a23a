-- Purpose: take one table out of a publication, its heirs not among it. Holes: publication, table.
ALTER PUBLICATION {publication} DROP TABLE ONLY {table}
