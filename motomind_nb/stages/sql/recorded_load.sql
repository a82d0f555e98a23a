-- Purpose: the run that a database says it was loaded by. Parameters: none.
-- Columns: id, identity, fingerprint (text).
SELECT
    run.id,
    run.identity::text AS identity,
    run.fingerprint
FROM audit.run AS run
ORDER BY run.id COLLATE "C", run.identity
