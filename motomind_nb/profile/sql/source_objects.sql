-- Purpose: what the stage found of each object in the source.
-- Columns: object, kind (text), present (boolean), rows (bigint), reason (text).
SELECT object, kind, present, rows, reason
FROM audit.source_object
ORDER BY object COLLATE "C"
