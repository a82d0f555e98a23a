-- What the application reads: the current mileage, computed, and the timeline, materialized in
-- schema private and reached only through a barrier view that is filtered by tenant.

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
-- trigger. Filled by the last file of the rebuild.
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

-- A materialized view knows no row level security: this barrier stands in its place. It shows the
-- session's tenant; all tenants to those to whom row level security does not apply. The tenants
-- are looked up once, the vehicle (its name, and whether it is visible) in the live tables row by
-- row (the LIMIT keeps it so): a soft-deleted vehicle disappears at once, and the newest rows of
-- a vehicle come from an index in their order. Newest first.
CREATE VIEW private.timeline_visible WITH (security_barrier = true) AS
SELECT
    timeline.id,
    timeline.tenant_id,
    timeline.vehicle_id,
    vehicle.nickname AS vehicle_name,
    timeline.type,
    timeline.date,
    timeline.local_time,
    timeline.time_zone,
    timeline.miles,
    timeline.payload,
    timeline.disputed,
    timeline.superseded,
    timeline.created_at
FROM private.timeline AS timeline
CROSS JOIN LATERAL (
    SELECT visible.nickname
    FROM private.visible_vehicle AS visible
    WHERE visible.tenant_id = timeline.tenant_id AND visible.id = timeline.vehicle_id
    LIMIT 1
) AS vehicle
WHERE
    timeline.tenant_id = ANY(ARRAY(
        SELECT tenant.id FROM {target}.tenants AS tenant
        WHERE tenant.id = private.current_tenant()
        UNION
        SELECT tenant.id FROM {target}.tenants AS tenant
        WHERE NOT row_security_active('{target}.vehicle_events') OR current_user = 'service_role'
    ))
ORDER BY
    timeline.date DESC,
    timeline.local_time DESC NULLS LAST,
    timeline.created_at DESC NULLS LAST,
    timeline.id ASC;

CREATE VIEW {target}.timeline_feed WITH (security_invoker = true) AS
SELECT
    id,
    tenant_id,
    vehicle_id,
    vehicle_name,
    type,
    date,
    local_time,
    time_zone,
    miles,
    payload,
    disputed,
    superseded,
    created_at
FROM private.timeline_visible;

COMMENT ON VIEW {target}.timeline_feed IS
'Events of visible vehicles, newest first, as of the last refresh (see private.timeline_freshness).';
