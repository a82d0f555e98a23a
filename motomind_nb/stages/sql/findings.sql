-- Purpose: every finding of a run, the gravest first. Parameter: run.
-- Columns: stage, check, subject, expected, actual, status, detail, accepted (all text).
SELECT
    stage,
    check_name AS "check",
    subject,
    expected,
    actual,
    status,
    detail,
    coalesce(accepted, '') AS accepted
FROM audit.finding
WHERE run_id = %(run)s
ORDER BY
    CASE WHEN status = 'fail' AND accepted IS NULL THEN 0 WHEN status = 'fail' THEN 1
        WHEN status = 'warn' THEN 2 ELSE 3 END,
    array_position(ARRAY['stage', 'profile', 'load', 'row_counts', 'mileage', 'architecture'], stage),
    position
