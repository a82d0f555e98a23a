-- Events are facts: UPDATE, DELETE and TRUNCATE fail for every role, the owner included. The
-- one exception is the deletion of a tenant's events by the transaction that erases it.

CREATE FUNCTION private.refuse_event_change()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
AS $refuse_event_change$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF TG_LEVEL = 'ROW' THEN
            IF private.is_erasing(OLD.tenant_id) THEN
                RETURN OLD;
            END IF;
        ELSIF EXISTS (
            SELECT FROM private.erasing AS erasing
            WHERE erasing.transaction_id = pg_current_xact_id_if_assigned()
        ) THEN
            RETURN NULL;
        END IF;
    END IF;
    RAISE EXCEPTION 'Events are immutable facts and cannot be %: %',
        CASE TG_OP WHEN 'UPDATE' THEN 'updated' WHEN 'DELETE' THEN 'deleted' ELSE 'truncated' END,
        'insert a correction whose supersedes_id and supersedes_date name the wrong event'
        USING ERRCODE = 'restrict_violation';
END
$refuse_event_change$;

-- The row trigger is copied to every partition by PostgreSQL itself. The statement trigger is
-- not: complete_partition adds it, so that a partition named directly is guarded as well.
CREATE TRIGGER event_0_keep_row BEFORE UPDATE OR DELETE ON {target}.vehicle_events
FOR EACH ROW EXECUTE FUNCTION private.refuse_event_change();
CREATE TRIGGER event_0_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON {target}.vehicle_events
FOR EACH STATEMENT EXECUTE FUNCTION private.refuse_event_change();
