-- Purpose: row level security also for the owner. Identifiers: table.
ALTER TABLE {table} FORCE ROW LEVEL SECURITY
