-- The materialized view and the nine views, all running with their owner's rights.

CREATE MATERIALIZED VIEW vehicle_health_scores AS
SELECT
    v.id,
    v.tenant_id,
    v.display_name,
    v.garage_id,
    CASE
        WHEN newest.miles IS NULL THEN 50
        WHEN due.overdue THEN 25
        WHEN due.soon THEN 75
        ELSE 95
    END AS health_score,
    CASE
        WHEN due.overdue THEN 'Overdue reminder'
        WHEN newest.miles IS NULL THEN 'No odometer reading'
        WHEN due.soon THEN 'Reminder due within 30 days'
        ELSE 'Nothing to do'
    END AS priority_reason,
    newest.miles AS current_mileage,
    newest.date AS last_updated
FROM vehicles AS v
LEFT JOIN LATERAL (
    SELECT
        e.miles,
        e.date
    FROM vehicle_events AS e
    WHERE e.vehicle_id = v.id AND e.type = 'odometer' AND e.miles IS NOT NULL
    ORDER BY e.date DESC
    LIMIT 1
) AS newest ON true
LEFT JOIN LATERAL (
    SELECT
        coalesce(bool_or(r.due_date < CURRENT_DATE), false) AS overdue,
        coalesce(bool_or(r.due_date BETWEEN CURRENT_DATE AND CURRENT_DATE + 30), false) AS soon
    FROM reminders AS r
    WHERE r.vehicle_id = v.id AND r.status IN ('open', 'scheduled')
) AS due ON true
WHERE v.deleted_at IS NULL;

CREATE INDEX idx_health_scores_instant_lookup
ON vehicle_health_scores (tenant_id, garage_id, health_score DESC)
INCLUDE (display_name, priority_reason, current_mileage);
CREATE UNIQUE INDEX idx_health_scores_unique_id ON vehicle_health_scores (id);
CREATE INDEX idx_vehicle_health_scores_tenant_garage
ON vehicle_health_scores (tenant_id, garage_id, health_score DESC);

-- The reminder join multiplies: a vehicle with two reminders is counted twice.
CREATE VIEW fleet_overview AS
SELECT
    g.tenant_id,
    g.id AS garage_id,
    g.name AS garage_name,
    count(v.id) AS total_vehicles,
    count(*) FILTER (WHERE h.health_score < 50) AS vehicles_need_attention,
    count(*) FILTER (WHERE h.health_score >= 90) AS vehicles_excellent,
    round(avg(h.health_score), 1) AS avg_health_score,
    count(r.id) FILTER (
        WHERE r.status IN ('open', 'scheduled') AND r.due_date < CURRENT_DATE
    ) AS overdue_reminders
FROM garages AS g
LEFT JOIN vehicles AS v ON v.garage_id = g.id AND v.deleted_at IS NULL
LEFT JOIN vehicle_health_scores AS h ON h.id = v.id
LEFT JOIN reminders AS r ON r.vehicle_id = v.id
WHERE g.deleted_at IS NULL
GROUP BY g.tenant_id, g.id, g.name;

CREATE VIEW health_score_system_status AS
SELECT
    'Vehicle health scores'::text AS component,
    'Age of the newest score'::text AS metric,
    coalesce((CURRENT_DATE - max(last_updated))::text || ' days', 'no data') AS current_value,
    'up to 1 day'::text AS target,
    CASE
        WHEN max(last_updated) IS NULL THEN 'no data'
        WHEN CURRENT_DATE - max(last_updated) <= 1 THEN 'fresh'
        WHEN CURRENT_DATE - max(last_updated) <= 7 THEN 'acceptable'
        ELSE 'stale'
    END AS status,
    count(*) AS total_scores
FROM vehicle_health_scores;

CREATE VIEW latest_odometer_readings AS
SELECT DISTINCT ON (o.vehicle_id)
    o.*,
    v.make,
    v.model,
    v.year,
    v.display_name AS vehicle_name
FROM odometer_readings AS o
INNER JOIN vehicles AS v ON v.id = o.vehicle_id
ORDER BY o.vehicle_id, o.reading_date DESC, o.reading_time DESC, o.created_at DESC;

CREATE VIEW latest_service_records AS
SELECT DISTINCT ON (s.vehicle_id)
    s.*,
    v.make,
    v.model,
    v.year,
    v.display_name AS vehicle_name
FROM service_records AS s
INNER JOIN vehicles AS v ON v.id = s.vehicle_id
ORDER BY s.vehicle_id, s.service_date DESC, s.created_at DESC;

-- Despite its name it measures no freshness.
CREATE VIEW mv_health_freshness AS
SELECT
    'vehicle_health_scores'::text AS view_name,
    count(*) AS total_records,
    now() AS "current_time",
    'Refreshed by a scheduled job'::text AS freshness_note
FROM vehicle_health_scores;

CREATE VIEW odometer_reading_stats AS
SELECT
    vehicle_id,
    tenant_id,
    count(*) AS total_readings,
    min(mileage) AS lowest_mileage,
    max(mileage) AS highest_mileage,
    max(mileage) - min(mileage) AS total_miles_tracked,
    min(reading_date) AS first_reading_date,
    max(reading_date) AS last_reading_date,
    avg(miles_since_last) AS avg_miles_between_readings,
    avg(days_since_last) AS avg_days_between_readings
FROM odometer_readings
WHERE is_verified OR NOT is_estimated
GROUP BY vehicle_id, tenant_id;

CREATE VIEW performance_dashboard AS
SELECT
    'Database'::text AS category,
    'Mean statement time'::text AS metric,
    round(avg(mean_exec_time)::numeric, 2) || ' ms' AS current_value,
    'below 100 ms'::text AS target,
    CASE WHEN avg(mean_exec_time) < 100 THEN 'good' ELSE 'slow' END AS status
FROM extensions.pg_stat_statements
WHERE calls > 10
UNION ALL
SELECT
    'Database',
    'Mean buffer hit rate',
    round(avg(100.0 * shared_blks_hit / nullif(shared_blks_hit + shared_blks_read, 0)), 2) || ' %',
    'above 95 %',
    CASE
        WHEN avg(100.0 * shared_blks_hit / nullif(shared_blks_hit + shared_blks_read, 0)) > 95
            THEN 'good'
        ELSE 'low'
    END
FROM extensions.pg_stat_statements
UNION ALL
SELECT
    'Connections',
    'Active connections',
    count(*)::text,
    'below 50',
    CASE WHEN count(*) < 50 THEN 'good' ELSE 'high' END
FROM pg_stat_activity
WHERE state = 'active';

CREATE VIEW service_record_stats AS
SELECT
    vehicle_id,
    tenant_id,
    count(*) AS total_services,
    sum(total_cost) AS total_spent,
    avg(total_cost) AS avg_service_cost,
    min(service_date) AS first_service_date,
    max(service_date) AS last_service_date,
    count(DISTINCT service_type) AS service_types_count,
    count(*) FILTER (WHERE service_type ILIKE '%oil%') AS oil_changes,
    count(*) FILTER (WHERE service_type ILIKE '%brake%') AS brake_services
FROM service_records
WHERE is_verified
GROUP BY vehicle_id, tenant_id;

CREATE VIEW vehicle_current_mileage AS
SELECT DISTINCT ON (vehicle_id)
    vehicle_id,
    miles,
    date,
    created_at
FROM vehicle_events
WHERE type IN ('odometer', 'maintenance', 'fuel') AND miles IS NOT NULL
ORDER BY vehicle_id, date DESC, created_at DESC;
