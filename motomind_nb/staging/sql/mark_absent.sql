-- Purpose: say that a table is only there for the load to read. Identifiers: table.
COMMENT ON TABLE {table} IS 'absent from the source: a shell without rows, for the load to read'
