-- Lineage is complete both ways: each source row that is not in quarantine leads to one event of its
-- tenant, each event leads back to one source row. No parameters.
-- Columns: check, subject, expected, found, status, detail, key (the row or event; text).
WITH source AS (
    SELECT 'vehicle_events' AS source_table, e.id AS source_id, e.tenant_id FROM {source}.vehicle_events AS e
    UNION ALL
    SELECT 'odometer_readings', o.id, o.tenant_id FROM {source}.odometer_readings AS o
    UNION ALL
    SELECT 'fuel_logs', f.id, f.tenant_id FROM {source}.fuel_logs AS f
    UNION ALL
    SELECT 'service_records', s.id, s.tenant_id FROM {source}.service_records AS s
),

gap AS (
    SELECT
        coalesce(source.source_table, l.source_table) AS source_table,
        coalesce(source.source_table, l.source_table) || ' ' || coalesce(source.source_id, l.source_id) AS key,
        CASE
            WHEN l.source_id IS NULL THEN 'leads to no event'
            WHEN source.source_id IS NULL THEN 'no such source row'
            ELSE 'leads to another tenant'
        END AS cause,
        CASE
            WHEN l.source_id IS NULL THEN 'leads to no event'
            WHEN source.source_id IS NULL THEN 'no such source row'
            ELSE 'leads to tenant ' || l.tenant_id
        END AS found
    FROM source
    FULL JOIN private.event_source AS l ON l.source_table = source.source_table AND l.source_id = source.source_id
    WHERE (
        l.source_id IS NULL
        OR source.source_id IS NULL
        OR l.tenant_id <> source.tenant_id
    )
    AND NOT EXISTS (
        SELECT FROM audit.quarantine AS q
        WHERE q.source_table = source.source_table AND q.source_id = source.source_id::text
    )
    UNION ALL
    SELECT
        coalesce(l.source_table, 'vehicle_events'),
        coalesce('event ' || e.id, l.source_table || ' ' || l.source_id),
        CASE
            WHEN l.event_id IS NULL THEN 'leads back to no source row'
            ELSE 'leads to an event that is not there'
        END,
        CASE
            WHEN l.event_id IS NULL THEN 'leads back to no source row'
            ELSE 'leads to event ' || l.event_id || ' of ' || l.event_date || ', which is not there'
        END
    FROM {target}.vehicle_events AS e
    FULL JOIN private.event_source AS l
        ON l.tenant_id = e.tenant_id AND l.event_id = e.id AND l.event_date = e.date
    WHERE e.id IS NULL OR l.event_id IS NULL
)

SELECT
    'lineage' AS check,
    gap.source_table || ': ' || gap.cause AS subject,
    'one source row and one event' AS expected,
    gap.found,
    'fail' AS status,
    'nothing says what became of these rows, or where they came from' AS detail,
    gap.key
FROM gap
UNION ALL
SELECT 'lineage', 'vehicle_events', 'complete both ways', 'complete both ways', 'ok', '', NULL
WHERE NOT EXISTS (SELECT FROM gap)
