-- Readings loaded as disputed, one finding for each (the first 100 of a source), so that the row
-- can be looked up. No parameters. Columns: check, subject, expected, actual, status, detail.
SELECT
    'load disputed' AS check,
    ranked.source_table || ' ' || ranked.source_id AS subject,
    'a history that never decreases' AS expected,
    ranked.miles || ' miles on ' || ranked.date AS actual,
    'warn' AS status,
    'vehicle ' || ranked.vehicle_id || ': loaded as disputed ('
    || ranked.total || ' such rows in ' || ranked.source_table || ')' AS detail
FROM (
    SELECT
        d.*,
        e.miles,
        e.date,
        count(*) OVER (PARTITION BY d.source_table) AS total,
        row_number() OVER (PARTITION BY d.source_table ORDER BY d.source_id) AS place
    FROM audit.disputed AS d
    INNER JOIN private.event_source AS s ON s.source_table = d.source_table AND s.source_id = d.source_id
    INNER JOIN public.vehicle_events AS e ON e.tenant_id = s.tenant_id AND e.id = s.event_id AND e.date = s.event_date
) AS ranked
WHERE ranked.place <= 100
