-- Purpose: row level security on. Identifiers: table.
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY
