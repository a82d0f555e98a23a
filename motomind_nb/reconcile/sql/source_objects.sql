-- What the stage recorded of each object of the source. No parameters.
-- Columns: object, present (boolean), rows (NULL where absent or not counted), fingerprint (numeric).
SELECT
    o.object,
    o.present,
    o.rows,
    o.fingerprint
FROM audit.source_object AS o
