-- Every row that a check found, for a file: the same query that its findings count.
-- Hole: faults, a query with the columns check, subject, expected, found, status, detail, key (text).
-- Columns: check, subject, status, key (what names the row), found (text).
SELECT
    f.check,
    f.subject,
    f.status,
    f.key,
    f.found
FROM ({faults}) AS f
WHERE f.key IS NOT NULL
ORDER BY f.check COLLATE "C", f.subject COLLATE "C", f.key COLLATE "C", f.found COLLATE "C"
