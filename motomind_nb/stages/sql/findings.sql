-- Purpose: the findings of a run as the database holds them. Parameter: run.
-- Columns: position (its place in its stage), stage, check, subject, expected, found, status,
-- detail (text), rows (rows that it speaks of), digest, accepted (text, empty for none).
SELECT
    position,
    stage,
    check_name AS "check",
    subject,
    expected,
    found,
    status,
    detail,
    rows,
    digest,
    coalesce(accepted, '') AS accepted
FROM audit.finding
WHERE run_id = %(run)s
ORDER BY stage COLLATE "C", position
