-- Writes the events of one source and, in the same statement, where each came from.
-- Holes: columns, in the order of the projection; projection, the SELECT. %(source)s: source table.
WITH loaded AS (
    INSERT INTO {target}.vehicle_events ({columns}) {projection}
    RETURNING (legacy_row ->> 'id')::uuid AS source_id, tenant_id, id, date
)
INSERT INTO private.event_source (source_table, source_id, tenant_id, event_id, event_date)
SELECT %(source)s, loaded.source_id, loaded.tenant_id, loaded.id, loaded.date
FROM loaded
