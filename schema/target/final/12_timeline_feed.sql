-- What the application reads of the timeline: the materialized rows in schema private, reached only
-- through a barrier view that is filtered by tenant.

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
