-- Purpose: what identifies a row in replication. Identifiers: table; identity.
ALTER TABLE {table} REPLICA IDENTITY {identity}
