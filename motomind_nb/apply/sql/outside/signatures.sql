-- Purpose: functions as the findings name them. Parameters: ids (oid[]).
-- Columns: routine (oid), kind (function or procedure), signature (text).
SELECT
    routine.oid AS routine,
    CASE routine.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind,
    routine.oid::regprocedure::text AS signature
FROM pg_catalog.pg_proc AS routine
WHERE routine.oid = ANY(%(ids)s::oid[])
