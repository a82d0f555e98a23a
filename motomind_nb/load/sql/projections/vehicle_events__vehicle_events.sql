-- vehicle_events -> public.vehicle_events: the events as they are, the payload as written (amounts
-- in the currency of the row, miles in miles). No parameters. No local time was ever recorded.
SELECT
    e.id,
    e.tenant_id,
    e.vehicle_id,
    e.type,
    e.date,
    NULL::time AS local_time,
    g.timezone AS time_zone,
    CASE WHEN g.timezone IS NOT NULL THEN 'garage' END AS zone_source,
    e.miles,
    e.payload,
    NULL::uuid AS supersedes_id,
    NULL::date AS supersedes_date,
    coalesce(c.chain, 1) AS chain,
    d.source_id IS NOT NULL AS disputed,
    to_jsonb(e.*) AS legacy_row,
    e.created_at
FROM audit.loadable_vehicle_events AS e
LEFT JOIN {source}.vehicles AS v ON v.tenant_id = e.tenant_id AND v.id = e.vehicle_id
LEFT JOIN {source}.garages AS g ON g.tenant_id = v.tenant_id AND g.id = v.garage_id
LEFT JOIN audit.disputed AS d ON d.source_table = 'vehicle_events' AND d.source_id = e.id
LEFT JOIN audit.later_chain AS c ON c.source_table = 'vehicle_events' AND c.source_id = e.id
