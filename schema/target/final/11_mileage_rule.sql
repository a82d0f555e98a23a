-- Mileage cannot decrease: a reading is compared with both neighbours of its chain in local
-- date and time order. Readings are events of type odometer, maintenance or fuel that state
-- miles, are not disputed and not superseded. Two readings of one day are in order only when
-- both have a time; without one, a day's readings fit in the order of their miles.
-- Chains go by date: every reading of a chain lies on or before the first date of the next one.

-- Writers of one vehicle queue up here. The row is updated, not only locked: a transaction
-- whose snapshot is older than another writer's commit fails with serialization_failure
-- (40001), at any isolation level, instead of judging by readings that it cannot see.
-- It also keeps between which dates the corrections of the vehicle lie.
CREATE FUNCTION private.queue_vehicle_writers()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
AS $queue_vehicle_writers$
DECLARE
    correction date := CASE WHEN NEW.supersedes_id IS NOT NULL THEN NEW.date END;
BEGIN
    INSERT INTO private.vehicle_writer AS writer (tenant_id, vehicle_id, first_correction, last_correction)
    VALUES (NEW.tenant_id, NEW.vehicle_id, correction, correction)
    ON CONFLICT (tenant_id, vehicle_id) DO UPDATE SET
        writes = writer.writes + 1,
        first_correction = least(writer.first_correction, excluded.first_correction),
        last_correction = greatest(writer.last_correction, excluded.last_correction);
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
--
-- The readings in force of a vehicle are in order, by date and chain as well as by date and miles:
-- so the last one before the day of the new reading, the first one after it and those of the day
-- itself say all, and each is an index look-up. The plans are made once for a session and choose
-- the partitions by the date at hand: before it those of a year first, then all.
-- A plan may be made while the partition of a new year is empty, and is kept while it fills. What is
-- cheapest in an empty table (to read it all, by any index, and to sort) is therefore switched off.
CREATE FUNCTION private.keep_mileage_order()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET enable_incremental_sort = off
AS $keep_mileage_order$
DECLARE
    same_id date;
    superseded record;
    corrections record;
    out_of_force uuid [] := '{{}}';
    since date;
    earlier record;
    later record;
    has_same_day boolean := false;
    newest_of_day integer;
    chain_of_day integer;
    other record;
    newest_chain integer;
    ways_out CONSTANT text := 'If the other reading is wrong, insert a correction whose supersedes_id and '
        'supersedes_date name it. If the meter was replaced, insert with the next chain. '
        'If you cannot tell, insert with disputed = true.';
BEGIN
    -- The same event again: the primary key decides (ON CONFLICT DO NOTHING ignores it). The tenant is
    -- compared in a form that no index serves: an id is looked up by the primary key alone.
    SELECT event.date INTO same_id FROM {target}.vehicle_events AS event
    WHERE event.id = NEW.id AND (event.tenant_id = NEW.tenant_id) IS TRUE
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
    IF NOT private.is_reading(NEW.type, NEW.miles, NEW.disputed) THEN
        NEW.chain := coalesce(NEW.chain, 1);
        RETURN NEW;
    END IF;

    -- What does not count: superseded events, few or none in a vehicle.
    SELECT writer.first_correction, writer.last_correction INTO corrections
    FROM private.vehicle_writer AS writer
    WHERE writer.tenant_id = NEW.tenant_id AND writer.vehicle_id = NEW.vehicle_id;
    IF corrections.first_correction IS NOT NULL THEN
        out_of_force := array_remove(NEW.supersedes_id || ARRAY(
            SELECT correction.supersedes_id FROM {target}.vehicle_events AS correction
            WHERE correction.tenant_id = NEW.tenant_id AND correction.vehicle_id = NEW.vehicle_id
                AND correction.supersedes_id IS NOT NULL
                AND correction.date BETWEEN corrections.first_correction AND corrections.last_correction
        ), NULL);
    END IF;
    FOREACH since IN ARRAY ARRAY[NEW.date - 366, '-infinity'] LOOP
        SELECT reading.id, reading.date, reading.chain, reading.miles INTO earlier
        FROM {target}.vehicle_events AS reading
        WHERE reading.tenant_id = NEW.tenant_id AND reading.vehicle_id = NEW.vehicle_id
            AND private.is_reading(reading.type, reading.miles, reading.disputed)
            AND reading.date >= since AND reading.date < NEW.date
            AND reading.id <> ALL (out_of_force)
        ORDER BY reading.date DESC, reading.chain DESC, reading.miles DESC
        LIMIT 1;
        EXIT WHEN FOUND;
    END LOOP;
    -- The first one that is not before the new day: few events are entered on a day that has a reading.
    SELECT reading.id, reading.date, reading.chain, reading.miles INTO later
    FROM {target}.vehicle_events AS reading
    WHERE reading.tenant_id = NEW.tenant_id AND reading.vehicle_id = NEW.vehicle_id
        AND private.is_reading(reading.type, reading.miles, reading.disputed)
        AND reading.date >= NEW.date AND reading.id <> ALL (out_of_force)
    ORDER BY reading.date, reading.chain, reading.miles
    LIMIT 1;
    IF later.date = NEW.date THEN
        SELECT
            true,
            max(reading.chain),
            max(reading.chain) FILTER (WHERE (reading.local_time > NEW.local_time) IS NOT TRUE)
        INTO has_same_day, newest_of_day, chain_of_day
        FROM {target}.vehicle_events AS reading
        WHERE reading.tenant_id = NEW.tenant_id AND reading.vehicle_id = NEW.vehicle_id
            AND private.is_reading(reading.type, reading.miles, reading.disputed)
            AND reading.date = NEW.date AND reading.id <> ALL (out_of_force);
        SELECT reading.id, reading.date, reading.chain, reading.miles INTO later
        FROM {target}.vehicle_events AS reading
        WHERE reading.tenant_id = NEW.tenant_id AND reading.vehicle_id = NEW.vehicle_id
            AND private.is_reading(reading.type, reading.miles, reading.disputed)
            AND reading.date > NEW.date AND reading.id <> ALL (out_of_force)
        ORDER BY reading.date, reading.chain, reading.miles
        LIMIT 1;
    END IF;

    NEW.chain := coalesce(NEW.chain, chain_of_day, earlier.chain, 1);
    IF NEW.chain < earlier.chain OR NEW.chain > later.chain THEN
        other := CASE WHEN NEW.chain < earlier.chain THEN earlier ELSE later END;
        RAISE EXCEPTION 'Chain % on % does not fit beside chain % on %: a chain ends where the next one begins',
            NEW.chain, NEW.date, other.chain, other.date
            USING ERRCODE = 'check_violation', DETAIL = format('The other reading is event %s.', other.id),
            HINT = 'Insert with the chain that was in force on that date.';
    END IF;
    newest_chain := coalesce(greatest(earlier.chain, newest_of_day, later.chain), 0);
    IF NEW.chain > newest_chain + 1 THEN
        RAISE EXCEPTION 'Chain % does not follow chain %: the next replaced meter opens chain %',
            NEW.chain, newest_chain, newest_chain + 1
            USING ERRCODE = 'check_violation';
    END IF;

    IF has_same_day AND NEW.local_time IS NOT NULL THEN
        SELECT reading.id, reading.date, reading.chain, reading.miles INTO other
        FROM {target}.vehicle_events AS reading
        WHERE reading.tenant_id = NEW.tenant_id AND reading.vehicle_id = NEW.vehicle_id
            AND private.is_reading(reading.type, reading.miles, reading.disputed)
            AND reading.date = NEW.date AND reading.chain = NEW.chain
            AND reading.local_time < NEW.local_time AND reading.id <> ALL (out_of_force)
        ORDER BY reading.miles DESC
        LIMIT 1;
        earlier := CASE WHEN FOUND THEN other ELSE earlier END;
        SELECT reading.id, reading.date, reading.chain, reading.miles INTO other
        FROM {target}.vehicle_events AS reading
        WHERE reading.tenant_id = NEW.tenant_id AND reading.vehicle_id = NEW.vehicle_id
            AND private.is_reading(reading.type, reading.miles, reading.disputed)
            AND reading.date = NEW.date AND reading.chain = NEW.chain
            AND reading.local_time > NEW.local_time AND reading.id <> ALL (out_of_force)
        ORDER BY reading.miles
        LIMIT 1;
        later := CASE WHEN FOUND THEN other ELSE later END;
    END IF;
    IF earlier.chain = NEW.chain AND earlier.miles > NEW.miles THEN
        RAISE EXCEPTION 'Mileage cannot decrease from % (%) to % (%, this reading)',
            earlier.miles, earlier.date, NEW.miles, NEW.date
            USING ERRCODE = 'check_violation', DETAIL = format('The other reading is event %s.', earlier.id),
            HINT = ways_out;
    ELSIF later.chain = NEW.chain AND later.miles < NEW.miles THEN
        RAISE EXCEPTION 'Mileage cannot decrease from % (%, this reading) to % (%)',
            NEW.miles, NEW.date, later.miles, later.date
            USING ERRCODE = 'check_violation', DETAIL = format('The other reading is event %s.', later.id),
            HINT = ways_out;
    END IF;
    RETURN NEW;
END
$keep_mileage_order$;

CREATE TRIGGER event_4_mileage BEFORE INSERT ON {target}.vehicle_events
FOR EACH ROW EXECUTE FUNCTION private.keep_mileage_order();
