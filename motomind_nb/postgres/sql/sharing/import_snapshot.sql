-- Purpose: see what another transaction sees.
-- Identifiers: snapshot (a literal).
SET TRANSACTION SNAPSHOT {snapshot}
