-- What an event must state, by type, for live INSERTs (a load checks the same rules on whole
-- sets). Each refusal has its own message; no value is cast before its JSON type is known.

-- The first reason why a payload is refused, or NULL when it is fine.
CREATE FUNCTION private.payload_fault(event_type text, miles integer, payload jsonb)
RETURNS text
LANGUAGE plpgsql
IMMUTABLE
SET search_path = ''
AS $payload_fault$
DECLARE
    amount text;
    positive boolean := false;
BEGIN
    IF payload IS NULL OR jsonb_typeof(payload) <> 'object' THEN
        RETURN 'payload must be a JSON object, found ' || coalesce(jsonb_typeof(payload), 'NULL');
    END IF;
    CASE event_type
        WHEN 'odometer' THEN
            IF miles IS NULL THEN
                RETURN 'an odometer event needs miles';
            END IF;
        WHEN 'fuel' THEN
            FOREACH amount IN ARRAY ARRAY['total_amount', 'gallons'] LOOP
                IF coalesce(jsonb_typeof(payload -> amount), 'null') = 'null' THEN
                    CONTINUE;
                ELSIF jsonb_typeof(payload -> amount) <> 'number' THEN
                    RETURN amount || ' must be a JSON number, found ' || jsonb_typeof(payload -> amount);
                ELSIF (payload ->> amount)::numeric < 0 THEN
                    RETURN amount || ' must not be negative';
                END IF;
                positive := positive OR (payload ->> amount)::numeric > 0;
            END LOOP;
            IF NOT positive THEN
                RETURN 'a fuel event needs a positive total_amount or gallons';
            END IF;
        WHEN 'maintenance' THEN
            RETURN private.text_fault(payload, ARRAY['kind', 'service_type'], 'a maintenance event');
        WHEN 'document' THEN
            RETURN private.text_fault(payload, ARRAY['doc_type'], 'a document event');
        ELSE
            RETURN 'type must be odometer, maintenance, fuel or document, found '
                || coalesce(quote_literal(event_type), 'NULL');
    END CASE;
    RETURN NULL;
END
$payload_fault$;

-- At least one of the keys must hold text that is not blank, and none of them anything else.
CREATE FUNCTION private.text_fault(payload jsonb, keys text[], subject text)
RETURNS text
LANGUAGE plpgsql
IMMUTABLE
SET search_path = ''
AS $text_fault$
DECLARE
    key text;
    stated boolean := false;
BEGIN
    FOREACH key IN ARRAY keys LOOP
        IF coalesce(jsonb_typeof(payload -> key), 'null') = 'null' THEN
            CONTINUE;
        ELSIF jsonb_typeof(payload -> key) <> 'string' THEN
            RETURN key || ' must be text, found ' || jsonb_typeof(payload -> key);
        END IF;
        stated := stated OR payload ->> key ~ '\S';
    END LOOP;
    IF NOT stated THEN
        RETURN subject || ' needs ' || array_to_string(keys, ' or ') || ', not blank';
    END IF;
    RETURN NULL;
END
$text_fault$;

CREATE FUNCTION private.check_event()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
AS $check_event$
DECLARE
    last_date date := (now() AT TIME ZONE 'UTC')::date + 30;
    fault text := private.payload_fault(NEW.type, NEW.miles, NEW.payload);
BEGIN
    IF NEW.date IS NULL OR NEW.date < DATE '1900-01-01' OR NEW.date > last_date THEN
        fault := 'date must be from 1900-01-01 to 30 days from today, found ' || coalesce(NEW.date::text, 'NULL');
    ELSIF NEW.miles < 0 THEN
        fault := 'miles must not be negative, found ' || NEW.miles;
    END IF;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION 'Event refused: %', fault USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$check_event$;

CREATE TRIGGER event_2_check BEFORE INSERT ON {target}.vehicle_events
FOR EACH ROW EXECUTE FUNCTION private.check_event();
