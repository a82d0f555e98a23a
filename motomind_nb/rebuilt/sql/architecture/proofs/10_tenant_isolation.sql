-- One tenant cannot see, reach or point at another one's rows. E1 to E7.

-- prove: E2: current mileages of all tenants by the public key
-- original: 2
-- rebuilt: 42501
SET LOCAL ROLE anon;
SELECT count(*) FROM vehicle_current_mileage WHERE vehicle_id IN ('a0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000004');

-- prove: E2: current mileages of another tenant
-- original: 1
-- rebuilt: 0
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
SELECT count(*) FROM vehicle_current_mileage WHERE vehicle_id = 'b0000000-0000-4000-8000-000000000004';

-- prove: E2: the feed of another tenant
-- original: 1
REFRESH MATERIALIZED VIEW timeline_feed;
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
SELECT count(*) FROM timeline_feed WHERE tenant_id <> 'a0000000-0000-4000-8000-000000000001';

-- prove: E2: the feed of another tenant
-- rebuilt: 0
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
SELECT count(*) FROM timeline_feed WHERE tenant_id <> 'a0000000-0000-4000-8000-000000000001';

-- prove: E2: the materialized timeline itself
-- rebuilt: 42501
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
SELECT count(*) FROM private.timeline;

-- prove: E3: a tenant reads its own row
-- original: 0
-- rebuilt: 1
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
SELECT count(*) FROM tenants;

-- prove: E4: an event of one tenant for a vehicle of another
-- original: INSERT 0 1
-- rebuilt: 23503
SELECT set_config('app.tenant_id', 'b0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', 900000);

-- prove: E4: an event handed to another tenant
-- original: 42501
-- rebuilt: 23503
SELECT set_config('app.tenant_id', 'b0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', 900000);

-- prove: E4: what an attempt tells about another tenant's readings
-- rebuilt: 23503 Vehicle a0000000-0000-4000-8000-000000000004 is not known in this tenant
SELECT set_config('app.tenant_id', 'b0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', 7);

-- prove: E4: a vehicle in the garage of another tenant
-- original: UPDATE 1
-- rebuilt: 23503
SELECT set_config('app.tenant_id', 'b0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
UPDATE vehicles SET garage_id = 'a0000000-0000-4000-8000-000000000003' WHERE id = 'b0000000-0000-4000-8000-000000000004';

-- prove: E4: a vehicle that names an author of another tenant
-- original: UPDATE 1
-- rebuilt: 23503
UPDATE vehicles SET updated_by = 'a0000000-0000-4000-8000-000000000002' WHERE id = 'b0000000-0000-4000-8000-000000000004';

-- prove: E5: a user with claims alone
-- original: 22P02
-- rebuilt: 1
SELECT set_config('request.jwt.claims', '{"app_metadata": {"tenant_id": "a0000000-0000-4000-8000-000000000001"}}', true);
SELECT set_config('app.tenant_id', NULL, true);
SET LOCAL ROLE authenticated;
SELECT count(*) FROM vehicles WHERE id IN ('a0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000004');

-- prove: E5: the setting is empty, as it is after an earlier transaction
-- original: 22P02
-- rebuilt: 0
SELECT set_config('app.tenant_id', '', true);
SET LOCAL ROLE authenticated;
SELECT count(*) FROM vehicles WHERE id IN ('a0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000004');

-- prove: E5: the setting holds junk
-- original: 22P02
-- rebuilt: 0
SELECT set_config('app.tenant_id', 'x'' OR true', true);
SET LOCAL ROLE authenticated;
SELECT count(*) FROM vehicles WHERE id IN ('a0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000004');

-- prove: E5: claims that are no JSON
-- rebuilt: 0
SELECT set_config('request.jwt.claims', '{"app_metadata": ', true);
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
SELECT count(*) FROM vehicles WHERE id IN ('a0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000004');

-- prove: E5: claims for A with the setting for B
-- rebuilt: Van A
SELECT set_config('request.jwt.claims', '{"app_metadata": {"tenant_id": "a0000000-0000-4000-8000-000000000001"}}', true);
SELECT set_config('app.tenant_id', 'b0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
SELECT nickname FROM vehicles;

-- prove: E5: the tenant in the part of the claims that users write themselves
-- rebuilt: 0
SELECT set_config('request.jwt.claims', '{"user_metadata": {"tenant_id": "a0000000-0000-4000-8000-000000000001"}}', true);
SET LOCAL ROLE authenticated;
SELECT count(*) FROM vehicles WHERE id IN ('a0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000004');

-- prove: E6: e-mails of all users by the public key
-- rebuilt: 42501
SET LOCAL ROLE anon;
SELECT count(email) FROM users;

-- prove: E7: functions without a fixed search_path
-- original: 4
SELECT count(*) FROM pg_proc
WHERE pronamespace = 'original_design'::regnamespace
    AND prosqlbody IS NULL AND NOT coalesce('search_path=""' = ANY(proconfig), false);

-- prove: E7: functions without a fixed search_path
-- rebuilt: 0
SELECT count(*) FROM pg_proc
WHERE pronamespace = 'private'::regnamespace
    AND prosqlbody IS NULL AND NOT coalesce('search_path=""' = ANY(proconfig), false);

-- prove: isolation: a member changes the plan of the tenant
-- rebuilt: 42501
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
UPDATE tenants SET plan_name = 'enterprise';

-- prove: isolation: a member ends what the tenant owes
-- rebuilt: 42501
SELECT set_config('app.tenant_id', 'a0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
UPDATE tenants SET subscription_status = 'active', stripe_subscription_id = NULL;

-- prove: isolation: the id of another tenant's vehicle, chosen for one's own
-- original: 23505
-- rebuilt: 42501
SELECT set_config('app.tenant_id', 'b0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO vehicles (id, tenant_id, nickname) VALUES ('a0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000001', 'Van');

-- prove: isolation: an id that nobody has, chosen for one's own vehicle
-- original: INSERT 0 1
-- rebuilt: 42501
SELECT set_config('app.tenant_id', 'b0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO vehicles (id, tenant_id, nickname) VALUES ('c0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000001', 'Van');

-- prove: isolation: the id of another tenant's event, chosen for one's own
-- original: 23505
-- rebuilt: 42501
SELECT set_config('app.tenant_id', 'b0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO vehicle_events (id, tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000005', 'b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000004', 'odometer', '2025-04-02', 51220);

-- prove: isolation: a correction of another tenant's event
-- rebuilt: 23503 No event a0000000-0000-4000-8000-000000000005 on 2025-04-02 of this vehicle
SELECT set_config('app.tenant_id', 'b0000000-0000-4000-8000-000000000001', true);
SET LOCAL ROLE authenticated;
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, supersedes_id, supersedes_date)
VALUES ('b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000004', 'odometer', '2025-04-02', 51220, 'a0000000-0000-4000-8000-000000000005', '2025-04-02');

-- prove: isolation: policies of other schemas ask who is a member
-- rebuilt: true | false
SELECT set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000002"}', true);
SELECT private.is_member('a0000000-0000-4000-8000-000000000001'), private.is_member('b0000000-0000-4000-8000-000000000001');
