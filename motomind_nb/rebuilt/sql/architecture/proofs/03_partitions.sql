-- Partitions are there before they are needed, guarded like the table. B12, D11, E1.

-- prove: fix 3: an event before the first partition
-- original: 23514
-- rebuilt: INSERT 0 1
INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)
VALUES ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'odometer', '1987-11-04', 12);

-- prove: D11: the monthly job after a year in which it did not run
-- original: vehicle_events_2193 | 0
SELECT
    create_partition('2191-05-01'),
    (SELECT count(*) FROM pg_class WHERE relname = 'vehicle_events_2192') AS "2192";

-- prove: D11: the monthly job after a year in which it did not run
-- rebuilt: 1
SELECT private.keep_partitions_ahead('2031-05-01');
SELECT count(*) FROM private.event_partition
WHERE from_date <= '2032-01-01' AND to_date >= '2033-01-01';

-- prove: D11: a table of the same name in another schema
-- original: NULL
CREATE SCHEMA elsewhere_design CREATE TABLE vehicle_events_2193 (id integer);
SELECT create_partition('2191-05-01');

-- prove: D11: a table of the same name in another schema
-- rebuilt: vehicle_events_2193
CREATE SCHEMA elsewhere_design CREATE TABLE vehicle_events_2193 (id integer);
SELECT private.create_partitions(2193);

-- prove: D11: row level security on the new partition
-- original: false
SELECT create_partition('2191-05-01');
SELECT relrowsecurity FROM pg_class WHERE oid = 'original_design.vehicle_events_2193'::regclass;

-- prove: D11: row level security on the new partition
-- rebuilt: true
SELECT private.keep_partitions_ahead(make_date(min(year) - 2, 1, 1))
FROM generate_series(2024, 9999) AS year
WHERE NOT EXISTS (
    SELECT FROM private.event_partition AS held
    WHERE held.from_date <= make_date(year, 1, 1) AND held.to_date > make_date(year, 1, 1)
);
SELECT bool_and(class.relrowsecurity) FROM private.event_partition AS bounds
INNER JOIN pg_class AS class ON bounds.partition = class.oid;

-- prove: E1: a partition read by the public key
-- original: 2
-- rebuilt: 42501
SET LOCAL ROLE anon;
SELECT count(*) FROM vehicle_events_2025;

-- prove: E1: a partition emptied by the public key
-- original: DELETE 2
-- rebuilt: 42501
SET LOCAL ROLE anon;
DELETE FROM vehicle_events_2025;
