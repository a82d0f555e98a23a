-- vehicle_events: immutable facts, partitioned by local date, one partition a year and a
-- default one that is watched. Partitions are found by their bounds, never by their name.

CREATE TABLE {target}.vehicle_events (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    vehicle_id uuid NOT NULL,
    type text NOT NULL,
    date date NOT NULL,
    local_time time without time zone,
    time_zone text,
    zone_source text,
    miles integer,
    payload jsonb NOT NULL DEFAULT '{{}}',
    supersedes_id uuid,
    supersedes_date date,
    chain integer NOT NULL,
    disputed boolean NOT NULL DEFAULT false,
    legacy_row jsonb,
    created_at timestamp with time zone DEFAULT now(),
    CONSTRAINT vehicle_events_type_known CHECK (
        type IN ('odometer', 'maintenance', 'fuel', 'document')
    ),
    CONSTRAINT vehicle_events_miles_not_negative CHECK (miles >= 0),
    CONSTRAINT vehicle_events_odometer_has_miles CHECK (
        type <> 'odometer' OR miles IS NOT NULL
    ),
    CONSTRAINT vehicle_events_zone_source_known CHECK (zone_source IN ('garage')),
    CONSTRAINT vehicle_events_chain_positive CHECK (chain >= 1),
    CONSTRAINT vehicle_events_supersedes_complete CHECK (
        (supersedes_id IS NULL) = (supersedes_date IS NULL)
    )
) PARTITION BY RANGE (date);

COMMENT ON TABLE {target}.vehicle_events IS
'Facts: inserted, never updated or deleted. A wrong one is superseded by a correction.';
COMMENT ON COLUMN {target}.vehicle_events.date IS
'The local date at the vehicle, never shifted.';
COMMENT ON COLUMN {target}.vehicle_events.zone_source IS
'garage: time_zone was inferred from the garage of the vehicle; NULL: it was given or is unknown.';
COMMENT ON COLUMN {target}.vehicle_events.chain IS
'1, and one more after each replaced meter. Left NULL it becomes the chain in force on the date.';
COMMENT ON COLUMN {target}.vehicle_events.disputed IS
'A reading that contradicts its history: kept, but it takes no part in the mileage rule.';
COMMENT ON COLUMN {target}.vehicle_events.legacy_row IS
'The complete row of the legacy source, where the event was loaded from one.';

CREATE TABLE {target}.vehicle_events_default
PARTITION OF {target}.vehicle_events DEFAULT;

-- A reading is an event that states an odometer and is not disputed. Everything that acts uses this
-- one definition: the load, the mileage rule, the current mileage. The audit's own queries do not:
-- a witness that leaned on it could not testify about it.
CREATE FUNCTION private.is_reading(type text, miles integer, disputed boolean)
RETURNS boolean
LANGUAGE sql
IMMUTABLE
RETURN miles IS NOT NULL AND NOT disputed AND type IN ('odometer', 'maintenance', 'fuel');

-- Partitions of vehicle_events with their bounds as dates: from (inclusive), to (exclusive).
-- The bound is printed and read under the same DateStyle, whatever it is. Parent and schema stand
-- here too, so that no function has to name a schema that may yet be renamed.
CREATE VIEW private.event_partition WITH (security_invoker = true) AS
SELECT
    inherits.inhrelid::regclass AS partition,
    inherits.inhparent::regclass AS events,
    schema.nspname AS home,
    bound.text = 'DEFAULT' AS is_default,
    CASE
        WHEN bound.text LIKE '%FROM (MINVALUE)%' THEN '-infinity'::date
        ELSE substring(bound.text FROM 'FROM \(''([^'']+)''\)')::date
    END AS from_date,
    CASE
        WHEN bound.text LIKE '%TO (MAXVALUE)%' THEN 'infinity'::date
        ELSE substring(bound.text FROM 'TO \(''([^'']+)''\)')::date
    END AS to_date
FROM pg_catalog.pg_inherits AS inherits
INNER JOIN pg_catalog.pg_class AS class ON class.oid = inherits.inhrelid
INNER JOIN pg_catalog.pg_namespace AS schema ON schema.oid = class.relnamespace
CROSS JOIN LATERAL (
    SELECT pg_catalog.pg_get_expr(class.relpartbound, class.oid) AS text
) AS bound
WHERE inherits.inhparent = '{target}.vehicle_events'::regclass;

-- Takes back every right on a relation and on its columns that anybody but its owner holds: what
-- default privileges gave when it was created, and what was granted since.
CREATE FUNCTION private.revoke_rights(relation regclass)
RETURNS void
LANGUAGE plpgsql
SET search_path = ''
AS $revoke_rights$
DECLARE
    holder text;
BEGIN
    FOR holder IN
        SELECT CASE held.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(held.grantee)) END
        FROM (
            SELECT given.grantee
            FROM pg_catalog.pg_class AS class
            CROSS JOIN LATERAL pg_catalog.aclexplode(class.relacl) AS given
            WHERE class.oid = relation
            UNION
            SELECT given.grantee
            FROM pg_catalog.pg_attribute AS attribute
            CROSS JOIN LATERAL pg_catalog.aclexplode(attribute.attacl) AS given
            WHERE attribute.attrelid = relation
        ) AS held
        WHERE held.grantee <> (SELECT class.relowner FROM pg_catalog.pg_class AS class WHERE class.oid = relation)
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %s CASCADE', relation, holder);
    END LOOP;
END
$revoke_rights$;

-- Creates what a year lacks: one partition for each gap between those that exist. Rows that
-- wait in the default partition move over. Returns the new partitions, none if none is missing.
-- Years outside 1 to 9999 stay in the default partition.
CREATE FUNCTION private.create_partitions(wanted_year integer)
RETURNS SETOF regclass
LANGUAGE plpgsql
SET search_path = ''
AS $create_partitions$
DECLARE
    whole daterange;
    gap daterange;
    partition_name text;
    events regclass;
    home text;
BEGIN
    IF wanted_year NOT BETWEEN 1 AND 9999 THEN
        RETURN;
    END IF;
    SELECT bounds.events, bounds.home INTO events, home
    FROM private.event_partition AS bounds
    ORDER BY bounds.is_default DESC
    LIMIT 1;
    whole := daterange(make_date(wanted_year, 1, 1), make_date(wanted_year + 1, 1, 1));
    FOR gap IN
        SELECT unnest(
            datemultirange(whole) - coalesce(range_agg(daterange(bounds.from_date, bounds.to_date)), '{{}}')
        )
        FROM private.event_partition AS bounds
        WHERE NOT bounds.is_default
    LOOP
        partition_name := 'vehicle_events_' || lpad(wanted_year::text, 4, '0')
            || CASE WHEN gap = whole THEN '' ELSE to_char(lower(gap), '_MMDD') END;
        WHILE to_regclass(format('%I.%I', home, partition_name)) IS NOT NULL LOOP
            partition_name := partition_name || '_next';
        END LOOP;
        EXECUTE format(
            'CREATE TABLE %I.%I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
            home, partition_name, events
        );
        PERFORM private.revoke_rights(format('%I.%I', home, partition_name)::regclass);
        PERFORM private.move_waiting_events(partition_name, gap);
        EXECUTE format(
            'ALTER TABLE %s ATTACH PARTITION %I.%I FOR VALUES FROM (%L) TO (%L)',
            events, home, partition_name, lower(gap), upper(gap)
        );
        RETURN NEXT format('%I.%I', home, partition_name)::regclass;
    END LOOP;
END
$create_partitions$;

-- Moves the rows of a date range from the default partition into a table about to be attached.
-- The guards of the default partition rest meanwhile: no fact is lost or changed by the move.
CREATE FUNCTION private.move_waiting_events(partition_name text, span daterange)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = ''
AS $move_waiting_events$
DECLARE
    waiting_in regclass := (SELECT bounds.partition FROM private.event_partition AS bounds WHERE bounds.is_default);
    home text := (SELECT bounds.home FROM private.event_partition AS bounds WHERE bounds.is_default);
    moved bigint := 0;
BEGIN
    EXECUTE format('SELECT count(*) FROM %s WHERE date >= $1 AND date < $2', waiting_in)
    INTO moved USING lower(span), upper(span);
    IF moved > 0 THEN
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', waiting_in);
        EXECUTE format(
            'WITH moved AS (DELETE FROM %s WHERE date >= $1 AND date < $2 RETURNING *) '
            'INSERT INTO %I.%I SELECT * FROM moved',
            waiting_in, home, partition_name
        ) USING lower(span), upper(span);
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', waiting_in);
    END IF;
    RETURN moved;
END
$move_waiting_events$;
