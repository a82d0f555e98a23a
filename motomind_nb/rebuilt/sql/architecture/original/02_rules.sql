-- The original design: triggers and checks with their gaps. None fixes its search_path.
CREATE FUNCTION original_design.prevent_event_updates()
RETURNS trigger
LANGUAGE plpgsql
AS $prevent_event_updates$
BEGIN
    RAISE EXCEPTION 'Events are immutable facts and cannot be updated';
END
$prevent_event_updates$;

CREATE TRIGGER prevent_event_updates BEFORE UPDATE ON original_design.vehicle_events
FOR EACH ROW EXECUTE FUNCTION original_design.prevent_event_updates();

-- Compares with earlier dates only, takes every type, locks nothing.
CREATE FUNCTION original_design.check_mileage()
RETURNS trigger
LANGUAGE plpgsql
AS $check_mileage$
DECLARE
    last_miles integer;
BEGIN
    SELECT event.miles INTO last_miles FROM original_design.vehicle_events AS event
    WHERE event.vehicle_id = NEW.vehicle_id AND event.miles IS NOT NULL AND event.date < NEW.date
    ORDER BY event.date DESC, event.created_at DESC LIMIT 1;
    IF NEW.miles < last_miles THEN
        RAISE EXCEPTION 'Mileage cannot decrease from % to % on date %', last_miles, NEW.miles, NEW.date;
    END IF;
    RETURN NEW;
END
$check_mileage$;

CREATE TRIGGER check_mileage BEFORE INSERT ON original_design.vehicle_events
FOR EACH ROW EXECUTE FUNCTION original_design.check_mileage();

-- NULL passes a check; text is cast before anybody knows what it holds.
CREATE FUNCTION original_design.payload_is_valid(event_type text, payload jsonb)
RETURNS boolean
LANGUAGE plpgsql
AS $payload_is_valid$
BEGIN
    CASE event_type
        WHEN 'fuel' THEN
            RETURN (payload ->> 'total_amount')::numeric > 0 OR (payload ->> 'gallons')::numeric > 0;
        WHEN 'maintenance' THEN
            RETURN payload ? 'kind' OR payload = '[]';
        WHEN 'document' THEN
            RETURN payload ? 'doc_type';
        WHEN 'odometer' THEN
            RETURN true;
    END CASE;
END
$payload_is_valid$;

ALTER TABLE original_design.vehicle_events ADD CONSTRAINT payload_valid
CHECK (original_design.payload_is_valid(type, payload));

-- Makes the one year two years ahead, looks for its name in all schemas.
CREATE FUNCTION original_design.create_partition(today date)
RETURNS text
LANGUAGE plpgsql
AS $create_partition$
DECLARE
    wanted integer := extract(year FROM today)::integer + 2;
    partition_name text := 'vehicle_events_' || wanted;
BEGIN
    IF EXISTS (SELECT FROM pg_class WHERE relname = partition_name) THEN
        RETURN NULL;
    END IF;
    EXECUTE format(
        'CREATE TABLE original_design.%I PARTITION OF original_design.vehicle_events '
        'FOR VALUES FROM (%L) TO (%L)',
        partition_name, make_date(wanted, 1, 1), make_date(wanted + 1, 1, 1)
    );
    RETURN partition_name;
END
$create_partition$;
