-- Purpose: take one table out of a publication. Holes: publication, table.
ALTER PUBLICATION {publication} DROP TABLE {table}
