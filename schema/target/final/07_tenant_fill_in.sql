-- The tenant comes from the vehicle, and the caller must see that vehicle. In a file of its own:
-- on a distributed database this trigger is replaced by one that refuses a missing tenant (and
-- still looks for the vehicle inside it).

-- Runs as the caller, under the caller's policies: a vehicle of another tenant is not found,
-- exactly like one that does not exist. Later triggers run as the owner and may therefore speak
-- of the vehicle's readings: nobody gets past this one without seeing the vehicle.
CREATE FUNCTION private.fill_tenant()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $fill_tenant$
DECLARE
    home uuid;
BEGIN
    SELECT vehicle.tenant_id INTO home
    FROM {target}.vehicles AS vehicle
    WHERE vehicle.id = NEW.vehicle_id AND (NEW.tenant_id IS NULL OR vehicle.tenant_id = NEW.tenant_id);
    IF home IS NULL THEN
        RAISE EXCEPTION 'Vehicle % is not known in this tenant: create it first, or check its id',
            coalesce(NEW.vehicle_id::text, 'NULL')
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    NEW.tenant_id := home;
    RETURN NEW;
END
$fill_tenant$;

CREATE TRIGGER event_1_tenant BEFORE INSERT ON {target}.vehicle_events
FOR EACH ROW EXECUTE FUNCTION private.fill_tenant();
CREATE TRIGGER row_1_tenant BEFORE INSERT ON {target}.vehicle_images
FOR EACH ROW EXECUTE FUNCTION private.fill_tenant();
CREATE TRIGGER row_1_tenant BEFORE INSERT ON {target}.reminders
FOR EACH ROW EXECUTE FUNCTION private.fill_tenant();
