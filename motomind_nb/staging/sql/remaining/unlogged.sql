-- Purpose: a table without a log. Identifiers: table.
ALTER TABLE {table} SET UNLOGGED
