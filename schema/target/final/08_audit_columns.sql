-- Audit columns, filled by the database, and one rule for updated_at. What identifies a row (id,
-- tenant) never changes. When and by whom a row was made is no client's word: of a session that is
-- not the table's owner the values are dropped. The owner may give them: a load, an import.

-- Runs as the caller and before touch_row, which fills what is dropped here.
CREATE FUNCTION private.drop_given_audit_columns()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $drop_given_audit_columns$
BEGIN
    IF pg_has_role((SELECT class.relowner FROM pg_catalog.pg_class AS class WHERE class.oid = TG_RELID), 'USAGE')
    THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.created_at := now();
        NEW.updated_at := now();
        NEW.created_by := NULL;
    ELSE
        NEW.created_at := OLD.created_at;
        NEW.created_by := OLD.created_by;
    END IF;
    RETURN NEW;
END
$drop_given_audit_columns$;

-- The same for tables whose rows have no author: tenants and events.
CREATE FUNCTION private.drop_given_created_at()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $drop_given_created_at$
BEGIN
    IF NOT pg_has_role((SELECT class.relowner FROM pg_catalog.pg_class AS class WHERE class.oid = TG_RELID), 'USAGE')
    THEN
        NEW.created_at := now();
    END IF;
    RETURN NEW;
END
$drop_given_created_at$;

CREATE FUNCTION private.touch_tenant()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $touch_tenant$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.created_at := coalesce(NEW.created_at, now());
        IF NEW.updated_at IS NULL
            OR NOT pg_has_role(
                (SELECT class.relowner FROM pg_catalog.pg_class AS class WHERE class.oid = TG_RELID), 'USAGE'
            )
        THEN
            NEW.updated_at := now();
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.id <> OLD.id THEN
        RAISE EXCEPTION 'The id of a tenant cannot be changed' USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.created_at := OLD.created_at;
    NEW.updated_at := now();
    RETURN NEW;
END
$touch_tenant$;

-- Runs as the owner, because it looks for the author among the users of the row's tenant.
-- created_at and created_by stay as they are once known. An updated_by or deleted_by that the client
-- gives stays: it can only be a user of the same tenant.
CREATE FUNCTION private.touch_row()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
AS $touch_row$
DECLARE
    author uuid := private.current_author(NEW.tenant_id);
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.created_at := coalesce(NEW.created_at, now());
        NEW.updated_at := coalesce(NEW.updated_at, now());
        NEW.created_by := coalesce(NEW.created_by, author);
        NEW.updated_by := coalesce(NEW.updated_by, author);
    ELSE
        IF NEW.id <> OLD.id OR (NEW.tenant_id <> OLD.tenant_id AND NOT private.is_erasing(OLD.tenant_id)) THEN
            RAISE EXCEPTION 'The id and the tenant of a row cannot be changed: insert a new row instead'
                USING ERRCODE = 'restrict_violation';
        END IF;
        NEW.created_at := coalesce(OLD.created_at, NEW.created_at);
        NEW.updated_at := now();
        IF NOT private.is_erasing(OLD.tenant_id) THEN
            NEW.created_by := coalesce(OLD.created_by, NEW.created_by);
            IF NEW.updated_by IS NOT DISTINCT FROM OLD.updated_by THEN
                NEW.updated_by := coalesce(author, NEW.updated_by);
            END IF;
        END IF;
    END IF;
    NEW.deleted_by := CASE WHEN NEW.deleted_at IS NOT NULL THEN coalesce(NEW.deleted_by, author) END;
    RETURN NEW;
END
$touch_row$;

CREATE TRIGGER row_0_given BEFORE INSERT ON {target}.tenants
FOR EACH ROW EXECUTE FUNCTION private.drop_given_created_at();
CREATE TRIGGER event_0_given BEFORE INSERT ON {target}.vehicle_events
FOR EACH ROW EXECUTE FUNCTION private.drop_given_created_at();
CREATE TRIGGER row_0_given BEFORE INSERT OR UPDATE ON {target}.users
FOR EACH ROW EXECUTE FUNCTION private.drop_given_audit_columns();
CREATE TRIGGER row_0_given BEFORE INSERT OR UPDATE ON {target}.garages
FOR EACH ROW EXECUTE FUNCTION private.drop_given_audit_columns();
CREATE TRIGGER row_0_given BEFORE INSERT OR UPDATE ON {target}.vehicles
FOR EACH ROW EXECUTE FUNCTION private.drop_given_audit_columns();
CREATE TRIGGER row_0_given BEFORE INSERT OR UPDATE ON {target}.vehicle_images
FOR EACH ROW EXECUTE FUNCTION private.drop_given_audit_columns();
CREATE TRIGGER row_0_given BEFORE INSERT OR UPDATE ON {target}.reminders
FOR EACH ROW EXECUTE FUNCTION private.drop_given_audit_columns();

CREATE TRIGGER row_2_touch BEFORE INSERT OR UPDATE ON {target}.tenants
FOR EACH ROW EXECUTE FUNCTION private.touch_tenant();
CREATE TRIGGER row_2_touch BEFORE INSERT OR UPDATE ON {target}.users
FOR EACH ROW EXECUTE FUNCTION private.touch_row();
CREATE TRIGGER row_2_touch BEFORE INSERT OR UPDATE ON {target}.garages
FOR EACH ROW EXECUTE FUNCTION private.touch_row();
CREATE TRIGGER row_2_touch BEFORE INSERT OR UPDATE ON {target}.vehicles
FOR EACH ROW EXECUTE FUNCTION private.touch_row();
CREATE TRIGGER row_2_touch BEFORE INSERT OR UPDATE ON {target}.vehicle_images
FOR EACH ROW EXECUTE FUNCTION private.touch_row();
CREATE TRIGGER row_2_touch BEFORE INSERT OR UPDATE ON {target}.reminders
FOR EACH ROW EXECUTE FUNCTION private.touch_row();
