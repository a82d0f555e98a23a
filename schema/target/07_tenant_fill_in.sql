-- The tenant comes from the vehicle. In a file of its own: on a distributed database this
-- trigger is replaced by one that refuses a missing tenant.

-- Runs as the caller, under the caller's policies: a vehicle of another tenant is not found,
-- exactly like one that does not exist.
CREATE FUNCTION private.fill_tenant()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $fill_tenant$
BEGIN
    IF NEW.tenant_id IS NULL THEN
        SELECT vehicle.tenant_id INTO NEW.tenant_id
        FROM public.vehicles AS vehicle
        WHERE vehicle.id = NEW.vehicle_id;
        IF NEW.tenant_id IS NULL THEN
            RAISE EXCEPTION 'Vehicle % is not known: create it first, or check its id',
                coalesce(NEW.vehicle_id::text, 'NULL')
                USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$fill_tenant$;

CREATE TRIGGER event_1_tenant BEFORE INSERT ON public.vehicle_events
FOR EACH ROW EXECUTE FUNCTION private.fill_tenant();
CREATE TRIGGER row_1_tenant BEFORE INSERT ON public.vehicle_images
FOR EACH ROW EXECUTE FUNCTION private.fill_tenant();
CREATE TRIGGER row_1_tenant BEFORE INSERT ON public.reminders
FOR EACH ROW EXECUTE FUNCTION private.fill_tenant();
