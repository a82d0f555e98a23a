-- Mileage cannot decrease: a reading is compared with both neighbours of its chain in local
-- date and time order. Readings are events of type odometer, maintenance or fuel that state
-- miles, are not disputed and not superseded. Two readings of one day are in order only when
-- both have a time; without one, a day's readings fit in the order of their miles.

-- The readings in force: those that no correction supersedes. What the rule compares with and what
-- the current mileage is taken from.
CREATE VIEW private.reading WITH (security_invoker = true) AS
SELECT
    event.tenant_id,
    event.vehicle_id,
    event.id,
    event.date,
    event.local_time,
    event.miles,
    event.chain,
    event.created_at
FROM {target}.vehicle_events AS event
WHERE
    private.is_reading(event.type, event.miles, event.disputed)
    AND NOT EXISTS (
        SELECT FROM {target}.vehicle_events AS correction
        WHERE
            correction.tenant_id = event.tenant_id
            AND correction.supersedes_id = event.id
            AND correction.supersedes_date = event.date
    );

-- Writers of one vehicle queue up here. The row is updated, not only locked: a transaction
-- whose snapshot is older than another writer's commit fails with serialization_failure
-- (40001), at any isolation level, instead of judging by readings that it cannot see.
CREATE FUNCTION private.queue_vehicle_writers()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
AS $queue_vehicle_writers$
BEGIN
    INSERT INTO private.vehicle_writer AS writer (tenant_id, vehicle_id)
    VALUES (NEW.tenant_id, NEW.vehicle_id)
    ON CONFLICT (tenant_id, vehicle_id) DO UPDATE SET writes = writer.writes + 1;
    RETURN NEW;
END
$queue_vehicle_writers$;

CREATE TRIGGER event_3_queue BEFORE INSERT ON {target}.vehicle_events
FOR EACH ROW
WHEN (
    NEW.supersedes_id IS NOT NULL
    OR private.is_reading(NEW.type, NEW.miles, NEW.disputed)
)
EXECUTE FUNCTION private.queue_vehicle_writers();

-- Runs as the owner, so that no policy can hide a reading from the rule. It looks only at rows of
-- the vehicle and tenant of the new event, which the caller was found to see (event_1_tenant).
CREATE FUNCTION private.keep_mileage_order()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
AS $keep_mileage_order$
DECLARE
    is_reading boolean := private.is_reading(NEW.type, NEW.miles, NEW.disputed);
    same_id date;
    superseded record;
    chain_in_force integer;
    newest_chain integer;
    neighbour record;
BEGIN
    -- The same event again: the primary key decides (ON CONFLICT DO NOTHING ignores it).
    SELECT event.date INTO same_id FROM {target}.vehicle_events AS event
    WHERE event.id = NEW.id AND event.tenant_id = NEW.tenant_id
    ORDER BY event.date <> NEW.date
    LIMIT 1;
    IF same_id = NEW.date THEN
        NEW.chain := coalesce(NEW.chain, 1);
        RETURN NEW;
    ELSIF same_id IS NOT NULL THEN
        RAISE EXCEPTION 'Event id % is already used on %: give each event an id of its own', NEW.id, same_id
            USING ERRCODE = 'unique_violation';
    END IF;

    IF NEW.supersedes_id IS NOT NULL THEN
        SELECT event.chain, correction.id AS corrected_by INTO superseded
        FROM {target}.vehicle_events AS event
        LEFT JOIN {target}.vehicle_events AS correction
            ON event.tenant_id = correction.tenant_id
            AND event.id = correction.supersedes_id
            AND event.date = correction.supersedes_date
        WHERE event.tenant_id = NEW.tenant_id AND event.vehicle_id = NEW.vehicle_id
            AND event.id = NEW.supersedes_id AND event.date = NEW.supersedes_date;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'No event % on % of this vehicle: a correction must name one of its events',
                NEW.supersedes_id, NEW.supersedes_date
                USING ERRCODE = 'foreign_key_violation';
        ELSIF superseded.corrected_by IS NOT NULL THEN
            RAISE EXCEPTION 'Event % is already superseded by %: correct that one',
                NEW.supersedes_id, superseded.corrected_by
                USING ERRCODE = 'unique_violation';
        END IF;
        NEW.chain := coalesce(NEW.chain, superseded.chain);
    END IF;
    IF NOT is_reading THEN
        NEW.chain := coalesce(NEW.chain, 1);
        RETURN NEW;
    END IF;

    IF NEW.chain IS NULL OR NEW.chain > 1 THEN
        SELECT
            max(reading.chain),
            (array_agg(reading.chain ORDER BY reading.date DESC, reading.chain DESC) FILTER (
                WHERE reading.date < NEW.date
                OR (reading.date = NEW.date AND (reading.local_time > NEW.local_time) IS NOT TRUE)
            ))[1]
        INTO newest_chain, chain_in_force
        FROM private.reading AS reading
        WHERE reading.tenant_id = NEW.tenant_id AND reading.vehicle_id = NEW.vehicle_id
            AND reading.id IS DISTINCT FROM NEW.supersedes_id;
        NEW.chain := coalesce(NEW.chain, chain_in_force, 1);
        IF NEW.chain > coalesce(newest_chain, 0) + 1 THEN
            RAISE EXCEPTION 'Chain % does not follow chain %: the next replaced meter opens chain %',
                NEW.chain, coalesce(newest_chain, 0), coalesce(newest_chain, 0) + 1
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;

    FOR neighbour IN
        (
            SELECT true AS is_before, reading.id, reading.date, reading.miles
            FROM private.reading AS reading
            WHERE reading.tenant_id = NEW.tenant_id AND reading.vehicle_id = NEW.vehicle_id
                AND reading.date <= NEW.date
                AND (reading.date < NEW.date OR reading.local_time < NEW.local_time)
                AND reading.chain = NEW.chain
                AND reading.id IS DISTINCT FROM NEW.supersedes_id
            ORDER BY reading.date DESC, reading.miles DESC
            LIMIT 1
        )
        UNION ALL
        (
            SELECT false AS is_before, reading.id, reading.date, reading.miles
            FROM private.reading AS reading
            WHERE reading.tenant_id = NEW.tenant_id AND reading.vehicle_id = NEW.vehicle_id
                AND reading.date >= NEW.date
                AND (reading.date > NEW.date OR reading.local_time > NEW.local_time)
                AND reading.chain = NEW.chain
                AND reading.id IS DISTINCT FROM NEW.supersedes_id
            ORDER BY reading.date, reading.miles
            LIMIT 1
        )
    LOOP
        IF neighbour.is_before AND neighbour.miles > NEW.miles THEN
            RAISE EXCEPTION 'Mileage cannot decrease from % (%) to % (%, this reading)',
                neighbour.miles, neighbour.date, NEW.miles, NEW.date
                USING ERRCODE = 'check_violation', DETAIL = format('The other reading is event %s.', neighbour.id),
                HINT = 'If the other reading is wrong, insert a correction whose supersedes_id and '
                    'supersedes_date name it. If the meter was replaced, insert with the next chain. '
                    'If you cannot tell, insert with disputed = true.';
        ELSIF NOT neighbour.is_before AND neighbour.miles < NEW.miles THEN
            RAISE EXCEPTION 'Mileage cannot decrease from % (%, this reading) to % (%)',
                NEW.miles, NEW.date, neighbour.miles, neighbour.date
                USING ERRCODE = 'check_violation', DETAIL = format('The other reading is event %s.', neighbour.id),
                HINT = 'If the other reading is wrong, insert a correction whose supersedes_id and '
                    'supersedes_date name it. If the meter was replaced, insert with the next chain. '
                    'If you cannot tell, insert with disputed = true.';
        END IF;
    END LOOP;
    RETURN NEW;
END
$keep_mileage_order$;

CREATE TRIGGER event_4_mileage BEFORE INSERT ON {target}.vehicle_events
FOR EACH ROW EXECUTE FUNCTION private.keep_mileage_order();
