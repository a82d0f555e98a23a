-- The original design: a view and a materialized view that run with their owner's rights.
CREATE VIEW original_design.vehicle_current_mileage AS
SELECT DISTINCT ON (vehicle_id)
    vehicle_id,
    miles,
    date,
    created_at
FROM original_design.vehicle_events
WHERE miles IS NOT NULL
ORDER BY vehicle_id ASC, date DESC, created_at DESC;

CREATE MATERIALIZED VIEW original_design.timeline_feed AS
SELECT
    event.id,
    event.tenant_id,
    event.vehicle_id,
    vehicle.nickname AS vehicle_name,
    event.type,
    event.date,
    event.miles,
    event.payload
FROM original_design.vehicle_events AS event
INNER JOIN original_design.vehicles AS vehicle ON event.vehicle_id = vehicle.id
WHERE vehicle.deleted_at IS NULL;

CREATE UNIQUE INDEX timeline_feed_id ON original_design.timeline_feed (id);
