-- Purpose: bring new events back as rows of legacy.vehicle_events. What has no column there is kept in
-- the payload, under _rebuilt.
INSERT INTO {source}.vehicle_events (id, tenant_id, vehicle_id, type, date, miles, payload, created_at, updated_at)
SELECT
    event.id,
    event.tenant_id,
    event.vehicle_id,
    event.type,
    event.date,
    event.miles,
    event.payload || jsonb_build_object('_rebuilt', jsonb_strip_nulls(jsonb_build_object(
        'local_time', event.local_time,
        'time_zone', event.time_zone,
        'zone_source', event.zone_source,
        'supersedes_id', event.supersedes_id,
        'supersedes_date', event.supersedes_date,
        'chain', event.chain,
        'disputed', event.disputed
    ))),
    coalesce(event.created_at, now()),
    coalesce(event.created_at, now())
FROM {target}.vehicle_events AS event
INNER JOIN pg_temp.motomind_written AS noted
    ON
        event.tenant_id = noted.key_one AND event.id = noted.key_two
        AND noted.table_name = 'vehicle_events' AND noted.kind = 'new'
