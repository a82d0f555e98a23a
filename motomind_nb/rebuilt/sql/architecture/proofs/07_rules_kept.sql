-- Rules of the legacy schema that the original dropped. C7.

-- prove: C7: a VIN that is none
-- original: INSERT 0 1
-- rebuilt: 23514
INSERT INTO vehicles (tenant_id, nickname, vin) VALUES ('a0000000-0000-4000-8000-000000000001', 'Van', 'not a vin');

-- prove: C7: the year 3
-- original: INSERT 0 1
-- rebuilt: 23514
INSERT INTO vehicles (tenant_id, nickname, year) VALUES ('a0000000-0000-4000-8000-000000000001', 'Van', 3);

-- prove: C7: a blank garage name
-- original: INSERT 0 1
-- rebuilt: 23514
INSERT INTO garages (tenant_id, name) VALUES ('a0000000-0000-4000-8000-000000000001', '  ');

-- prove: C7: a vehicle without a name
-- original: INSERT 0 1
-- rebuilt: 23502
INSERT INTO vehicles (tenant_id) VALUES ('a0000000-0000-4000-8000-000000000001');

-- prove: C7: two equal open reminders
-- original: INSERT 0 2
-- rebuilt: 23505
INSERT INTO reminders (tenant_id, vehicle_id, title, category, dedupe_key) VALUES
('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'Oil', 'maintenance', 'oil'), ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'Oil', 'maintenance', 'oil');

-- prove: C7: an event in the year 2199
-- rebuilt: 23514 Event refused: date must be from 1900-01-01 to 30 days from today, found 2199-01-01
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2199-01-01', 60000);
