-- The columns of a target table, without rows. Holes: target, the table; columns, those to look at.
SELECT {columns} FROM {table} LIMIT 0
