-- Readings loaded as disputed, one finding for each (the first 100 of a source), so that the row
-- can be looked up. No parameters. Columns: check, subject, expected, actual, status, detail.
SELECT
    'load disputed' AS check,
    d.source_table || ' ' || d.source_id AS subject,
    'a history that never decreases' AS expected,
    e.miles || ' miles on ' || e.date AS actual,
    'warn' AS status,
    'vehicle ' || d.vehicle_id || ': loaded as disputed (' || d.total || ' such rows in ' || d.source_table || ')'
        AS detail
FROM (
    SELECT
        marked.*,
        count(*) OVER (PARTITION BY marked.source_table) AS total,
        row_number() OVER (PARTITION BY marked.source_table ORDER BY marked.source_id) AS place
    FROM audit.disputed AS marked
) AS d
INNER JOIN private.event_source AS s ON s.source_table = d.source_table AND s.source_id = d.source_id
INNER JOIN {target}.vehicle_events AS e ON e.tenant_id = s.tenant_id AND e.id = s.event_id AND e.date = s.event_date
WHERE d.place <= 100
