-- Events loaded from vehicle_events, and those written since the load, -> vehicle_events: as they are
-- (miles), the payload as written. No parameters. Columns: those of the old table but updated_at: an
-- event is never updated.
SELECT
    coalesce(origin.source_id, e.id) AS id,
    e.vehicle_id,
    e.type,
    e.date,
    e.miles,
    e.payload,
    e.created_at,
    e.tenant_id
FROM {target}.vehicle_events AS e
LEFT JOIN private.event_source AS origin ON origin.event_id = e.id AND origin.event_date = e.date
WHERE coalesce(origin.source_table, 'vehicle_events') = 'vehicle_events'
