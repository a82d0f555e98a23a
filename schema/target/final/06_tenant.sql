-- The tenant and the author of a session, taken from one place each. Nothing here raises an
-- error: missing, empty and junk settings all mean "nobody".

-- Claims of the API, if there are any, count alone: only their app_metadata.tenant_id, which
-- users cannot write. Without claims the setting app.tenant_id counts. NULL = no tenant.
CREATE FUNCTION private.current_tenant()
RETURNS uuid
LANGUAGE plpgsql
STABLE
SET search_path = ''
AS $current_tenant$
DECLARE
    claims text := nullif(current_setting('request.jwt.claims', true), '');
    candidate text;
BEGIN
    IF claims IS NULL THEN
        candidate := current_setting('app.tenant_id', true);
    ELSE
        candidate := claims::jsonb -> 'app_metadata' ->> 'tenant_id';
    END IF;
    IF candidate ~* '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$' THEN
        RETURN candidate::uuid;
    END IF;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END
$current_tenant$;

-- The user that the claims name (sub), if that user exists in the tenant; else NULL.
CREATE FUNCTION private.current_author(of_tenant uuid)
RETURNS uuid
LANGUAGE plpgsql
STABLE
SET search_path = ''
AS $current_author$
DECLARE
    claims text := nullif(current_setting('request.jwt.claims', true), '');
    subject text;
BEGIN
    subject := claims::jsonb ->> 'sub';
    IF subject ~* '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$' THEN
        RETURN (
            SELECT users.id FROM {target}.users AS users
            WHERE users.tenant_id = of_tenant AND users.id = subject::uuid
        );
    END IF;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END
$current_author$;

-- Whether the user that the claims name (sub) belongs to a tenant: at home there, or with a membership.
-- For policies of other schemas (files, messages), which look it up once for each row's tenant. Runs as
-- the owner, because no role of the API reads memberships; it tells the caller about the caller alone.
-- A user or a tenant that is soft-deleted belongs nowhere.
CREATE FUNCTION private.is_member(of_tenant uuid)
RETURNS boolean
LANGUAGE plpgsql
STABLE
SECURITY DEFINER
SET search_path = ''
AS $is_member$
DECLARE
    claims text := nullif(current_setting('request.jwt.claims', true), '');
    subject text;
BEGIN
    subject := claims::jsonb ->> 'sub';
    IF subject ~* '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$' THEN
        RETURN EXISTS (
            SELECT FROM {target}.users AS account
            INNER JOIN {target}.tenants AS tenant ON tenant.id = of_tenant AND tenant.deleted_at IS NULL
            WHERE account.id = subject::uuid AND account.deleted_at IS NULL
                AND (
                    account.tenant_id = of_tenant
                    OR EXISTS (
                        SELECT FROM private.memberships AS membership
                        WHERE membership.tenant_id = of_tenant AND membership.user_id = account.id
                    )
                )
        );
    END IF;
    RETURN false;
EXCEPTION WHEN OTHERS THEN
    RETURN false;
END
$is_member$;

-- True for a tenant that the current transaction is erasing.
CREATE FUNCTION private.is_erasing(of_tenant uuid)
RETURNS boolean
LANGUAGE sql
STABLE
SET search_path = ''
AS $is_erasing$
SELECT EXISTS (
    SELECT FROM private.erasing AS erasing
    WHERE erasing.tenant_id = of_tenant AND erasing.transaction_id = pg_current_xact_id_if_assigned()
)
$is_erasing$;
