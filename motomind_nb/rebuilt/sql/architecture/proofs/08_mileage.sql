-- Mileage cannot decrease, in the order of local date and time, and no typo blocks a vehicle.
-- D1 to D6. Miles.

-- prove: D1: the second reading of a day is lower
-- original: INSERT 0 1
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', 54000);
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', 53500);

-- prove: D1: the second reading of a day is lower
-- rebuilt: 23514 Mileage cannot decrease from 54000 (2025-09-01) to 53500 (2025-09-01, this reading)
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, local_time, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', '06:55', 54000);
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, local_time, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', '19:20', 53500);

-- prove: C2: the current mileage when the evening's reading was typed in first
-- original: 54000
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', 54040);
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', 54000);
SELECT miles FROM vehicle_current_mileage WHERE vehicle_id = 'a0000000-0000-4000-8000-000000000004';

-- prove: C2: the current mileage when the evening's reading was typed in first
-- rebuilt: 54040
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, local_time, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', '19:20', 54040);
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, local_time, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-01', '06:55', 54000);
SELECT miles FROM vehicle_current_mileage WHERE vehicle_id = 'a0000000-0000-4000-8000-000000000004';

-- prove: D2: a backdated reading above the next one
-- original: INSERT 0 1
-- rebuilt: 23514 Mileage cannot decrease from 99999 (2025-01-05, this reading) to 51220 (2025-04-02)
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-01-05', 99999);

-- prove: D3: the reading after a typo
-- original: P0001 Mileage cannot decrease from 535000 to 53600 on date 2025-09-12
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-10', 535000);
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, payload)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-12', 53600, '{"is_correction": true}');

-- prove: D3: the reading after a typo
-- rebuilt: INSERT 0 1
INSERT INTO vehicle_events (id, tenant_id, vehicle_id, type, date, miles)
VALUES ('c0000000-0000-4000-8000-000000000005', 'a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-10', 535000);
INSERT INTO vehicle_events (
    tenant_id, vehicle_id, type, date, miles, supersedes_id, supersedes_date
) VALUES (
    'a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-10', 53500,
    'c0000000-0000-4000-8000-000000000005', '2025-09-10'
);
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-12', 53600);

-- prove: D3: the reading after the meter was replaced
-- original: P0001
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, payload)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-12', 7, '{"allow_rollover": true}');

-- prove: D3: the reading after the meter was replaced
-- rebuilt: 2
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, chain)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-12', 7, 2);
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-20', 300);
SELECT chain FROM vehicle_events WHERE vehicle_id = 'a0000000-0000-4000-8000-000000000004' AND date = '2025-09-20';

-- prove: D3: a reading marked as disputed takes no part
-- rebuilt: 53600
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, disputed)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-10', 535000, true);
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-12', 53600);
SELECT miles FROM vehicle_current_mileage WHERE vehicle_id = 'a0000000-0000-4000-8000-000000000004';

-- prove: D5: the row by which writers of one vehicle wait for each other
-- original: 0
SELECT count(*) FROM pg_class
WHERE relnamespace = 'original_design'::regnamespace AND relname = 'vehicle_writer';

-- prove: D5: the row by which writers of one vehicle wait for each other
-- rebuilt: 3
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-10', 60000), ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-11', 60010);
SELECT writes FROM private.vehicle_writer WHERE vehicle_id = 'a0000000-0000-4000-8000-000000000004';

-- prove: D6: the reading after a document with a number
-- original: P0001 Mileage cannot decrease from 9000000 to 53600 on date 2025-09-12
-- rebuilt: INSERT 0 1
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles, payload)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'document', '2025-09-10', 9000000, '{"doc_type": "title"}');
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-12', 53600);

-- prove: B13: several readings in one statement, in the wrong order
-- original: INSERT 0 2
-- rebuilt: 23514 Mileage cannot decrease from 60005 (2025-01-05, this reading) to 51220 (2025-04-02)
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles) VALUES
('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-09-12', 60003), ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '2025-01-05', 60005);
