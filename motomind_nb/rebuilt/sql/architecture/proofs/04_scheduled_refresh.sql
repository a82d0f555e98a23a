-- The timeline is refreshed by a job, and a refresh that did not work can be seen. A6, D8, D10.

-- prove: fix 4: events after the last refresh, no scheduler installed
-- original: 0
SELECT count(*) FROM timeline_feed;

-- prove: fix 4: no trigger refreshes anything
-- rebuilt: 0
SELECT count(*) FROM pg_trigger AS guard
INNER JOIN pg_proc AS routine ON guard.tgfoid = routine.oid
WHERE routine.prosrc ILIKE '%refresh materialized%' AND routine.pronamespace = 'private'::regnamespace;

-- prove: fix 4: a refresh that fails
-- rebuilt: false | false
ALTER MATERIALIZED VIEW private.timeline RENAME TO timeline_away;
SELECT private.refresh_timeline();
SELECT last_refresh_succeeded, is_fresh FROM private.timeline_freshness;

-- prove: D8: one event id on two dates
-- original: 23505
INSERT INTO vehicle_events (id, tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000005', 'a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-06-01', 51300);
REFRESH MATERIALIZED VIEW CONCURRENTLY timeline_feed;

-- prove: D8: one event id on two dates
-- rebuilt: 23505 Event id a0000000-0000-4000-8000-000000000005 is already used on 2025-04-02
INSERT INTO vehicle_events (id, tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000005', 'a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-06-01', 51300);

-- prove: D10: feed rows and current mileage of a soft-deleted vehicle
-- original: 0 | 1
REFRESH MATERIALIZED VIEW timeline_feed;
UPDATE vehicles SET deleted_at = '2025-09-01' WHERE id = 'a0000000-0000-4000-8000-000000000004';
REFRESH MATERIALIZED VIEW timeline_feed;
SELECT
    (SELECT count(*) FROM timeline_feed WHERE vehicle_id = 'a0000000-0000-4000-8000-000000000004') AS feed,
    (SELECT count(*) FROM vehicle_current_mileage WHERE vehicle_id = 'a0000000-0000-4000-8000-000000000004') AS current_mileage;

-- prove: D10: feed rows and current mileage of a soft-deleted vehicle
-- rebuilt: 0 | 0
UPDATE vehicles SET deleted_at = '2025-09-01' WHERE id = 'a0000000-0000-4000-8000-000000000004';
SELECT
    (SELECT count(*) FROM timeline_feed WHERE vehicle_id = 'a0000000-0000-4000-8000-000000000004') AS feed,
    (SELECT count(*) FROM vehicle_current_mileage WHERE vehicle_id = 'a0000000-0000-4000-8000-000000000004') AS current_mileage;
