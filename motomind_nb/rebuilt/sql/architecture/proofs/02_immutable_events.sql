-- Events are facts: no way in changes or removes one. D4 and D9 of the findings.

-- prove: fix 2: UPDATE of an event
-- original: P0001 Events are immutable facts and cannot be updated
-- rebuilt: 23001 Events are immutable facts and cannot be updated
UPDATE vehicle_events SET miles = 55000 WHERE id = 'a0000000-0000-4000-8000-000000000005';

-- prove: D4: DELETE of an event by the owner
-- original: DELETE 1
-- rebuilt: 23001 Events are immutable facts and cannot be deleted
DELETE FROM vehicle_events WHERE id = 'a0000000-0000-4000-8000-000000000005';

-- prove: D4: DELETE of an event by an API user
-- original: DELETE 1
-- rebuilt: 42501
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
DELETE FROM vehicle_events WHERE id = 'a0000000-0000-4000-8000-000000000005';

-- prove: D4: TRUNCATE of a partition by an API user
-- original: TRUNCATE TABLE
-- rebuilt: 42501
SET LOCAL ROLE authenticated;
TRUNCATE vehicle_events_2025;

-- prove: D4: TRUNCATE of a partition by the owner
-- original: TRUNCATE TABLE
-- rebuilt: 23001 Events are immutable facts and cannot be truncated
TRUNCATE vehicle_events_2025;

-- prove: D4: UPDATE of a partition by the service
-- original: P0001 Events are immutable facts and cannot be updated
-- rebuilt: 42501
SET LOCAL ROLE service_role;
UPDATE vehicle_events_2025 SET miles = 1;

-- prove: D4: DELETE of a vehicle that has events
-- original: DELETE 1
-- rebuilt: 23503
DELETE FROM vehicles WHERE id = 'a0000000-0000-4000-8000-000000000004';

-- prove: D9: the same event sent twice
-- original: P0001
INSERT INTO vehicle_events (id, tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000005', 'a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-04-02', 51220)
ON CONFLICT (id, date) DO UPDATE SET miles = excluded.miles;

-- prove: D9: the same event sent twice
-- rebuilt: INSERT 0 0
INSERT INTO vehicle_events (id, tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000005', 'a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-04-02', 51220)
ON CONFLICT (id, date) DO NOTHING;
