-- Legal erasure of one tenant: the one documented way to delete events. For the owner only (no
-- role is granted EXECUTE), in the caller's one transaction over public, private, legacy and
-- audit; schemas legacy and audit count as far as they exist. motomind erase calls it.

-- Erases a tenant and returns the number of rows by relation. A person who belongs to another
-- tenant too is kept and is at home there afterwards. The log keeps no personal value: operator
-- and reason are written down as given.
CREATE FUNCTION private.erase_tenant(doomed uuid, operator text, reason text)
RETURNS jsonb
LANGUAGE plpgsql
SET search_path = ''
AS $erase_tenant$
DECLARE
    vehicles uuid [] := private.tenant_rows('vehicles', doomed);
    garages uuid [] := private.tenant_rows('garages', doomed);
    users uuid [] := private.tenant_only_users(doomed);
    words text [];
    counts jsonb;
    failure text;
BEGIN
    IF operator !~ '\S' OR reason !~ '\S' THEN
        RAISE EXCEPTION 'An erasure needs an operator and a reason' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO private.erasing (tenant_id) VALUES (doomed);
    PERFORM FROM {target}.tenants AS tenant WHERE tenant.id = doomed FOR UPDATE;
    PERFORM FROM {target}.vehicles AS vehicle WHERE vehicle.tenant_id = doomed FOR UPDATE;
    words := private.personal_words(doomed, vehicles, users);
    counts := private.erase_public(doomed, users)
        || private.erase_legacy(doomed, vehicles || garages || users || doomed, words)
        || private.erase_audit(doomed, vehicles, users, words);
    IF NOT EXISTS (SELECT FROM jsonb_each(counts) AS counted WHERE counted.value <> '0') THEN
        RAISE EXCEPTION 'Tenant % is not known: nothing to erase', doomed USING ERRCODE = 'no_data_found';
    END IF;
    failure := private.refresh_timeline();
    IF failure IS NOT NULL THEN
        RAISE EXCEPTION 'The timeline cannot be refreshed, so nothing was erased: %', failure;
    END IF;
    INSERT INTO audit.erasure (tenant_id, operator, reason, counts) VALUES (doomed, operator, reason, counts);
    DELETE FROM private.erasing AS erasing WHERE erasing.tenant_id = doomed;
    RETURN counts;
END
$erase_tenant$;

-- A text in small letters, with one blank for each run of blanks, brackets and marks. A full stop
-- is a mark where a blank or a mark follows: with grouped findings it may stand amid the text.
CREATE FUNCTION private.plain_text(written text)
RETURNS text
LANGUAGE sql
IMMUTABLE
SET search_path = ''
AS $plain_text$
SELECT btrim(
    regexp_replace(
        regexp_replace(lower(written), '[][(){{}}<>\s,;:"''`=|/]+', ' ', 'g'), '[. ]* ', ' ', 'g'
    ), ' .'
)
$plain_text$;

-- The ids of a tenant's rows in public.<name> and, where it exists, legacy.<name>.
CREATE FUNCTION private.tenant_rows(table_name text, of_tenant uuid)
RETURNS uuid[]
LANGUAGE plpgsql
SET search_path = ''
AS $tenant_rows$
DECLARE
    relation regclass;
    ids uuid [];
    known uuid [] := '{{}}';
BEGIN
    FOREACH relation IN ARRAY ARRAY[to_regclass('{target}.' || table_name), to_regclass('{source}.' || table_name)]
    LOOP
        CONTINUE WHEN relation IS NULL;
        EXECUTE format('SELECT array_agg(id) FROM %s WHERE tenant_id = $1', relation) INTO ids USING of_tenant;
        known := known || coalesce(ids, '{{}}');
    END LOOP;
    RETURN known;
END
$tenant_rows$;

-- The users who belong to this tenant and to no other, by both lists of memberships.
CREATE FUNCTION private.tenant_only_users(of_tenant uuid)
RETURNS uuid[]
LANGUAGE plpgsql
SET search_path = ''
AS $tenant_only_users$
DECLARE
    members text := 'SELECT tenant_id, user_id FROM private.memberships '
        'UNION SELECT tenant_id, id FROM {target}.users';
    ids uuid [];
BEGIN
    IF to_regclass('{source}.memberships') IS NOT NULL THEN
        members := members || ' UNION SELECT tenant_id, user_id FROM {source}.memberships';
    END IF;
    EXECUTE format(
        'SELECT array_agg(member.user_id) FROM (SELECT user_id FROM (%s) AS every '
        'GROUP BY user_id HAVING bool_and(tenant_id = $1)) AS member', members
    ) INTO ids USING of_tenant;
    RETURN coalesce(ids, '{{}}');
END
$tenant_only_users$;

-- Words by which a text can name the tenant or its people, in small letters: ids, e-mails, names
-- of three letters and more, and VINs that no other tenant has.
CREATE FUNCTION private.personal_words(of_tenant uuid, vehicles uuid[], users uuid[])
RETURNS text[]
LANGUAGE plpgsql
SET search_path = ''
AS $personal_words$
DECLARE
    home text;
    vehicle_name text;
    more text[];
    marks text[] := ARRAY[of_tenant::text] || vehicles::text[] || users::text[];
BEGIN
    FOREACH home IN ARRAY ARRAY['{target}', '{source}'] LOOP
        CONTINUE WHEN to_regclass(home || '.users') IS NULL OR to_regclass(home || '.vehicles') IS NULL;
        vehicle_name := CASE home WHEN '{target}' THEN 'nickname' ELSE 'display_name' END;
        EXECUTE format(
            'SELECT array_agg(private.plain_text(word)) FROM ('
            'SELECT email AS word FROM %1$I.users WHERE id = ANY ($1) '
            'UNION SELECT to_jsonb(person) ->> ''name'' FROM %1$I.users AS person WHERE id = ANY ($1) '
            'UNION SELECT to_jsonb(mine) ->> %2$L FROM %1$I.vehicles AS mine WHERE tenant_id = $2 '
            'UNION SELECT vin FROM %1$I.vehicles AS mine WHERE tenant_id = $2 AND NOT EXISTS '
            '(SELECT FROM %1$I.vehicles AS other WHERE other.vin = mine.vin AND other.tenant_id <> $2)'
            ') AS words WHERE length(private.plain_text(word)) >= 3',
            home, vehicle_name
        ) INTO more USING users, of_tenant;
        marks := marks || coalesce(more, '{{}}');
    END LOOP;
    RETURN marks || coalesce((
        SELECT private.plain_text(tenant.name) FROM {target}.tenants AS tenant
        WHERE tenant.id = of_tenant AND length(private.plain_text(tenant.name)) >= 3
    ), of_tenant::text);
END
$personal_words$;

-- Schemas public and private, children first. Users of other tenants lose this home first.
CREATE FUNCTION private.erase_public(doomed uuid, doomed_users uuid[])
RETURNS jsonb
LANGUAGE plpgsql
SET search_path = ''
AS $erase_public$
DECLARE
    relation text;
    erased bigint;
    counts jsonb := '{{}}';
BEGIN
    FOREACH relation IN ARRAY ARRAY[
        'private.event_source', 'private.vehicle_writer', '{target}.vehicle_events', '{target}.reminders',
        '{target}.vehicle_images', '{target}.vehicles', '{target}.garages', 'private.memberships'
    ] LOOP
        EXECUTE format('DELETE FROM %s WHERE tenant_id = $1', relation::regclass) USING doomed;
        GET DIAGNOSTICS erased = ROW_COUNT;
        counts := counts || jsonb_build_object(relation, erased);
    END LOOP;
    UPDATE {target}.users SET created_by = NULL, updated_by = NULL, deleted_by = NULL
    WHERE tenant_id = doomed;
    DELETE FROM {target}.users WHERE tenant_id = doomed AND id = ANY (doomed_users);
    GET DIAGNOSTICS erased = ROW_COUNT;
    counts := counts || jsonb_build_object('{target}.users', erased);
    UPDATE {target}.users AS moved SET tenant_id = (
        SELECT membership.tenant_id FROM private.memberships AS membership
        WHERE membership.user_id = moved.id
        ORDER BY array_position(ARRAY['owner', 'manager', 'viewer'], membership.role), membership.created_at
        LIMIT 1
    )
    WHERE moved.tenant_id = doomed;
    DELETE FROM {target}.tenants WHERE id = doomed;
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN counts || jsonb_build_object('{target}.tenants', erased);
END
$erase_public$;

-- Schema legacy: every table that has a tenant, a vehicle, a user or a VIN of the tenant, in
-- whatever order its foreign keys allow; the materialized view is refreshed or emptied.
CREATE FUNCTION private.erase_legacy(doomed uuid, ids uuid[], words text[])
RETURNS jsonb
LANGUAGE plpgsql
SET search_path = ''
AS $erase_legacy$
DECLARE
    waiting record;
    pending jsonb := private.legacy_conditions();
    before_pass integer;
    erased bigint;
    last_reason text;
    counts jsonb := '{{}}';
    derived regclass;
BEGIN
    LOOP
        before_pass := (SELECT count(*) FROM jsonb_object_keys(pending));
        FOR waiting IN SELECT * FROM jsonb_each_text(pending) ORDER BY key LOOP
            BEGIN
                EXECUTE format('DELETE FROM {source}.%I WHERE %s', waiting.key, waiting.value)
                USING doomed, ids, words;
                GET DIAGNOSTICS erased = ROW_COUNT;
                counts := counts || jsonb_build_object('{source}.' || waiting.key, erased);
                pending := pending - waiting.key;
            EXCEPTION WHEN foreign_key_violation THEN
                last_reason := SQLERRM;
            END;
        END LOOP;
        EXIT WHEN pending = '{{}}';
        IF (SELECT count(*) FROM jsonb_object_keys(pending)) = before_pass THEN
            RAISE EXCEPTION 'Rows of another tenant hold on to this one, so nothing was erased: %', last_reason;
        END IF;
    END LOOP;
    FOR derived IN
        SELECT class.oid FROM pg_catalog.pg_class AS class
        WHERE class.relnamespace = to_regnamespace('{source}') AND class.relkind = 'm' AND class.relispopulated
    LOOP
        BEGIN
            EXECUTE format('REFRESH MATERIALIZED VIEW %s', derived);
        EXCEPTION WHEN OTHERS THEN
            EXECUTE format('REFRESH MATERIALIZED VIEW %s WITH NO DATA', derived);
        END;
    END LOOP;
    RETURN counts;
END
$erase_legacy$;

CREATE FUNCTION private.has_tenant(relation oid)
RETURNS boolean
LANGUAGE sql
STABLE
SET search_path = ''
AS $has_tenant$
SELECT EXISTS (
    SELECT FROM pg_catalog.pg_attribute AS attribute
    WHERE attribute.attrelid = relation AND attribute.attname = 'tenant_id' AND NOT attribute.attisdropped
)
$has_tenant$;

-- For each legacy table the condition that finds a tenant's rows; $1 tenant, $2 ids, $3 words.
-- A table with a tenant is searched by tenant, vehicle and user; one without, by every uuid.
CREATE FUNCTION private.legacy_conditions()
RETURNS jsonb
LANGUAGE sql
STABLE
SET search_path = ''
AS $legacy_conditions$
SELECT coalesce(jsonb_object_agg(found.relname, found.condition), '{{}}')
FROM (
    SELECT
        class.relname,
        string_agg(
            CASE
                WHEN attribute.attname = 'tenant_id' THEN 'tenant_id = $1'
                WHEN attribute.attname = 'vin' THEN 'lower(vin) = ANY ($3)'
                ELSE format('%I = ANY ($2)', attribute.attname)
            END, ' OR '
            ORDER BY attribute.attnum
        ) AS condition
    FROM pg_catalog.pg_class AS class
    INNER JOIN pg_catalog.pg_attribute AS attribute
        ON attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
    WHERE class.relnamespace = to_regnamespace('{source}') AND class.relkind = 'r'
        AND (
            attribute.attname IN ('tenant_id', 'vehicle_id', 'user_id')
            OR (attribute.attname = 'vin' AND NOT private.has_tenant(class.oid))
            OR (attribute.atttypid = 'uuid'::regtype AND NOT private.has_tenant(class.oid))
        )
    GROUP BY class.relname
) AS found
$legacy_conditions$;

-- Schema audit: quarantined rows, readings, and findings whose text names one of the words.
CREATE FUNCTION private.erase_audit(doomed uuid, vehicles uuid[], users uuid[], words text[])
RETURNS jsonb
LANGUAGE plpgsql
SET search_path = ''
AS $erase_audit$
DECLARE
    erased bigint;
    counts jsonb := '{{}}';
BEGIN
    DELETE FROM audit.quarantine AS held
    WHERE held.tenant_id = doomed OR held.source_row ->> 'tenant_id' = doomed::text
        OR held.source_row ->> 'vehicle_id' = ANY (vehicles::text [])
        OR held.source_row ->> 'user_id' = ANY (users::text [])
        OR held.source_id = ANY (words);
    GET DIAGNOSTICS erased = ROW_COUNT;
    counts := counts || jsonb_build_object('audit.quarantine', erased);
    DELETE FROM audit.disputed AS disputed WHERE disputed.vehicle_id = ANY (vehicles);
    GET DIAGNOSTICS erased = ROW_COUNT;
    counts := counts || jsonb_build_object('audit.disputed', erased);
    DELETE FROM audit.later_chain AS later WHERE later.vehicle_id = ANY (vehicles);
    GET DIAGNOSTICS erased = ROW_COUNT;
    counts := counts || jsonb_build_object('audit.later_chain', erased);
    DELETE FROM audit.reading AS reading
    WHERE reading.tenant_id = doomed OR reading.vehicle_id = ANY (vehicles);
    GET DIAGNOSTICS erased = ROW_COUNT;
    counts := counts || jsonb_build_object('audit.reading', erased);
    WITH plain AS MATERIALIZED (
        SELECT finding.run_id, finding.stage, finding.position,
            ' ' || private.plain_text(concat_ws(
                ' ', finding.subject, finding.expected, finding.found, finding.detail, finding.accepted
            )) || ' ' AS said
        FROM audit.finding AS finding
    )
    DELETE FROM audit.finding AS finding USING plain
    WHERE finding.run_id = plain.run_id AND finding.stage = plain.stage
        AND finding.position = plain.position
        AND EXISTS (SELECT FROM unnest(words) AS word WHERE strpos(plain.said, ' ' || word || ' ') > 0);
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN counts || jsonb_build_object('audit.finding', erased);
END
$erase_audit$;
