-- Views over the loaded rows: the readings in force, visible vehicles, the current mileage and the
-- timeline. They are bound to their tables and not to a schema's name.

-- The readings in force: those that no correction supersedes. What the rule compares with and what
-- the current mileage is taken from.
CREATE VIEW private.reading WITH (security_invoker = true) AS
SELECT
    event.tenant_id,
    event.vehicle_id,
    event.id,
    event.date,
    event.local_time,
    event.miles,
    event.chain,
    event.created_at
FROM {target}.vehicle_events AS event
WHERE
    private.is_reading(event.type, event.miles, event.disputed)
    AND NOT EXISTS (
        SELECT FROM {target}.vehicle_events AS correction
        WHERE
            correction.tenant_id = event.tenant_id
            AND correction.supersedes_id = event.id
            AND correction.supersedes_date = event.date
    );

-- The one definition of visible: neither the vehicle nor its tenant is soft-deleted.
CREATE VIEW private.visible_vehicle WITH (security_invoker = true) AS
SELECT
    vehicle.tenant_id,
    vehicle.id,
    vehicle.nickname
FROM {target}.vehicles AS vehicle
INNER JOIN {target}.tenants AS tenant ON vehicle.tenant_id = tenant.id
WHERE vehicle.deleted_at IS NULL AND tenant.deleted_at IS NULL;

-- The last reading of each visible vehicle: miles, local date. Without a time, the readings of
-- one day are in the order of their miles.
CREATE VIEW {target}.vehicle_current_mileage WITH (security_invoker = true) AS
SELECT
    vehicle.id AS vehicle_id,
    reading.miles,
    reading.date,
    reading.created_at,
    vehicle.tenant_id
FROM private.visible_vehicle AS vehicle
CROSS JOIN LATERAL (
    SELECT
        event.miles,
        event.date,
        event.created_at
    FROM private.reading AS event
    WHERE
        event.tenant_id = vehicle.tenant_id
        AND event.vehicle_id = vehicle.id
    ORDER BY
        event.date DESC,
        event.chain DESC,
        event.miles DESC,
        event.local_time DESC NULLS LAST,
        event.created_at DESC NULLS LAST,
        event.id ASC
    LIMIT 1
) AS reading;

COMMENT ON VIEW {target}.vehicle_current_mileage IS
'The last undisputed reading of each visible vehicle, in miles.';

-- All events as the timeline shows them, refreshed by private.refresh_timeline, never by a
-- trigger. It is filled here, while the old tables can still be read, and the filling is logged as a
-- refresh.
CREATE MATERIALIZED VIEW private.timeline AS
SELECT
    event.tenant_id,
    event.vehicle_id,
    event.id,
    event.date,
    event.local_time,
    event.time_zone,
    event.type,
    event.miles,
    event.payload,
    event.disputed,
    correction.supersedes_id IS NOT NULL AS superseded,
    event.created_at
FROM {target}.vehicle_events AS event
LEFT JOIN {target}.vehicle_events AS correction
    ON
        event.tenant_id = correction.tenant_id
        AND event.id = correction.supersedes_id
        AND event.date = correction.supersedes_date
WITH NO DATA;

CREATE UNIQUE INDEX timeline_event ON private.timeline (id, date);
CREATE INDEX timeline_vehicle_newest ON private.timeline (
    vehicle_id, date DESC, local_time DESC NULLS LAST, created_at DESC NULLS LAST, id
);
CREATE INDEX timeline_tenant_newest ON private.timeline (
    tenant_id, date DESC, local_time DESC NULLS LAST, created_at DESC NULLS LAST, id
);

INSERT INTO private.job_log (job, started_at, finished_at, succeeded, message)
VALUES ('refresh timeline', clock_timestamp(), clock_timestamp(), true, '');
REFRESH MATERIALIZED VIEW private.timeline;
UPDATE private.job_log SET finished_at = clock_timestamp();
