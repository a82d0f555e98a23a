"""Damages to a rebuilt schema and what must name them: a table that grows.

One entry a damage: what it is, the SQL that does it, the subject of the finding that names it. The
kinds are those of the server's catalog, each as far as it can be added, dropped and altered.
"""

from __future__ import annotations

from typing import NamedTuple


class Damage(NamedTuple):
    """A damage, its SQL and the subject of the finding that must name it."""

    name: str
    sql: str
    found: str


BACKDOOR = """
CREATE OR REPLACE FUNCTION private.current_tenant() RETURNS uuid
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    RETURN current_setting('app.master', true)::uuid;
END $$
"""
EMPTIED = """
CREATE OR REPLACE FUNCTION private.erase_tenant(doomed uuid, operator text, reason text)
RETURNS jsonb LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN RETURN '{}'; END $$
"""
NOTHING = """
CREATE FUNCTION private.nothing() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RETURN NULL; END $$;
"""
BLANK = """
CREATE FUNCTION public.blank() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.notes := ''; RETURN NEW; END $$;
CREATE TRIGGER row_9_blank BEFORE INSERT OR UPDATE ON public.vehicles
FOR EACH ROW EXECUTE FUNCTION public.blank()
"""
NEVER = """
DROP TRIGGER row_2_touch ON public.garages;
CREATE TRIGGER row_2_touch BEFORE INSERT OR UPDATE ON public.garages
FOR EACH ROW WHEN (false) EXECUTE FUNCTION private.touch_row()
"""
CASCADES = """
ALTER TABLE public.garages DROP CONSTRAINT garages_created_by_fkey;
ALTER TABLE public.garages ADD CONSTRAINT garages_created_by_fkey
FOREIGN KEY (tenant_id, created_by) REFERENCES public.users (tenant_id, id) ON DELETE CASCADE
"""
NOT_VALID = CASCADES.replace("ON DELETE CASCADE", "NOT VALID")
OPEN_VIEW = """
CREATE SCHEMA elsewhere;
CREATE VIEW elsewhere.every_vehicle AS SELECT * FROM public.vehicles;
GRANT USAGE ON SCHEMA elsewhere TO anon;
GRANT SELECT ON elsewhere.every_vehicle TO anon
"""
OUTSIDE_FUNCTION = """
CREATE SCHEMA elsewhere;
CREATE FUNCTION elsewhere.every_name() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER
AS $$ SELECT name FROM public.users $$
"""
OUTSIDE_KEY = """
CREATE SCHEMA elsewhere;
CREATE TABLE elsewhere.tag (tenant_id uuid REFERENCES public.tenants (id) ON DELETE CASCADE)
"""
OUTSIDE_TRIGGER = """
CREATE SCHEMA elsewhere;
CREATE TABLE elsewhere.tag (id integer);
CREATE TRIGGER touch BEFORE INSERT ON elsewhere.tag
FOR EACH ROW EXECUTE FUNCTION private.touch_tenant()
"""
OUTSIDE_POLICY = """
CREATE SCHEMA elsewhere;
CREATE TABLE elsewhere.tag (id uuid);
CREATE POLICY mine ON elsewhere.tag USING (id = private.current_tenant())
"""
OUTSIDE_PARTITION = """
CREATE SCHEMA elsewhere;
CREATE TABLE elsewhere.hidden (LIKE public.vehicle_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE public.vehicle_events ATTACH PARTITION elsewhere.hidden
FOR VALUES FROM ('1850-01-01') TO ('1851-01-01')
"""
OTHER_BOUNDS = """
ALTER TABLE public.vehicle_events DETACH PARTITION public.vehicle_events_2027;
ALTER TABLE public.vehicle_events ATTACH PARTITION public.vehicle_events_2027
FOR VALUES FROM ('2027-01-01') TO ('2027-07-01')
"""
WRONG_YEAR = """
CREATE TABLE public.vehicle_events_2040 (LIKE public.vehicle_events INCLUDING ALL);
ALTER TABLE public.vehicle_events ATTACH PARTITION public.vehicle_events_2040
FOR VALUES FROM ('2041-01-01') TO ('2042-01-01');
SELECT private.complete_partition('public.vehicle_events_2040')
"""
BARE_PARTITION = """
SELECT private.create_partitions(2040);
"""
EVENT_TRIGGER = """
CREATE FUNCTION extensions.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER on_ddl ON ddl_command_end EXECUTE FUNCTION extensions.on_ddl()
"""
OTHER_TEXT = """
CREATE OR REPLACE FUNCTION reports.on_ddl() RETURNS event_trigger LANGUAGE plpgsql
AS $$ BEGIN PERFORM 1; END $$
"""
DATABASE_SETTING = """
DO $$ BEGIN
EXECUTE format('ALTER ROLE anon IN DATABASE %I {}', current_database());
END $$
"""
OTHER_VIEW = """
CREATE OR REPLACE VIEW private.visible_vehicle WITH (security_invoker = true) AS
SELECT vehicle.tenant_id, vehicle.id, vehicle.nickname
FROM public.vehicles AS vehicle INNER JOIN public.tenants AS tenant ON vehicle.tenant_id = tenant.id
"""
OTHER_INDEX = """
DROP INDEX public.reminders_one_open;
CREATE UNIQUE INDEX reminders_one_open ON public.reminders (tenant_id, dedupe_key)
WHERE status = 'active'
"""
REWRITTEN_CHECK = """
ALTER TABLE public.reminders DROP CONSTRAINT reminders_priority_known;
ALTER TABLE public.reminders ADD CONSTRAINT reminders_priority_known
CHECK (priority IN ('low', 'medium', 'high', 'urgent'))
"""
PAYLOAD = "private.payload_fault(event_type text, miles integer, payload jsonb)"
ERASE = "private.erase_tenant(doomed uuid, operator text, reason text)"
PARTITIONS = "public.vehicle_events (partitions)"
POSTGRES = "default privileges of postgres"
COUNTED = """
CREATE OR REPLACE FUNCTION reports.counted() RETURNS bigint LANGUAGE sql
BEGIN ATOMIC SELECT count(*) FROM legacy.fleet WHERE id > 1; END
"""
OTHER_RULE = """
CREATE OR REPLACE RULE "put aside" AS ON INSERT TO reports."Seen" DO ALSO
INSERT INTO legacy.fleet VALUES (NEW.id, 'x')
"""

DAMAGES = [
    # functions
    Damage("current_tenant with a backdoor", BACKDOOR, "private.current_tenant(): body"),
    Damage("erase_tenant emptied", EMPTIED, f"{ERASE}: body"),
    Damage("erase_tenant dropped", "DROP FUNCTION private.erase_tenant", ERASE),
    Damage("a function added to private", NOTHING, "private.nothing()"),
    Damage(
        "a procedure added to audit",
        "CREATE PROCEDURE audit.tidy() LANGUAGE sql AS 'DELETE FROM audit.finding'",
        "audit.tidy()",
    ),
    Damage(
        "an overload of ours",
        "CREATE FUNCTION private.is_erasing(text) RETURNS boolean LANGUAGE sql RETURN true",
        "private.is_erasing(text)",
    ),
    Damage(
        "a function made security definer",
        "ALTER FUNCTION private.fill_tenant() SECURITY DEFINER",
        "private.fill_tenant(): function",
    ),
    Damage(
        "a function made security invoker",
        "ALTER FUNCTION private.touch_row() SECURITY INVOKER",
        "private.touch_row(): function",
    ),
    Damage(
        "a function that forgets its search_path",
        "ALTER FUNCTION private.touch_row() RESET search_path",
        "private.touch_row(): function",
    ),
    Damage(
        "a function made leakproof",
        "ALTER FUNCTION private.current_tenant() LEAKPROOF",
        "private.current_tenant(): function",
    ),
    Damage(
        "a function made immutable",
        "ALTER FUNCTION private.current_tenant() IMMUTABLE",
        "private.current_tenant(): function",
    ),
    Damage("a function made strict", f"ALTER FUNCTION {PAYLOAD} STRICT", f"{PAYLOAD}: function"),
    Damage(
        "a function made parallel safe",
        f"ALTER FUNCTION {PAYLOAD} PARALLEL SAFE",
        f"{PAYLOAD}: function",
    ),
    Damage(
        "a reading defined otherwise",
        "CREATE OR REPLACE FUNCTION private.is_reading(type text, miles integer, disputed boolean)"
        " RETURNS boolean LANGUAGE sql IMMUTABLE RETURN miles IS NOT NULL",
        "private.is_reading(type text, miles integer, disputed boolean): body",
    ),
    Damage(
        "a function given to another owner",
        "ALTER FUNCTION private.touch_row() OWNER TO service_role",
        "private.touch_row(): owner",
    ),
    Damage(
        "a function open to PUBLIC",
        "GRANT EXECUTE ON FUNCTION private.erase_tenant TO PUBLIC",
        f"{ERASE}: grant",
    ),
    Damage(
        "a function closed to authenticated",
        "REVOKE EXECUTE ON FUNCTION private.current_tenant() FROM authenticated",
        "private.current_tenant(): grant",
    ),
    Damage(
        "an aggregate added",
        "CREATE AGGREGATE private.total (integer) (sfunc = int4pl, stype = integer)",
        "private.total(integer)",
    ),
    # triggers
    Damage("a trigger that empties notes", BLANK, "public.vehicles: trigger"),
    Damage("the function of that trigger", BLANK, "public.blank()"),
    Damage("a trigger that never fires", NEVER, "public.garages: trigger"),
    Damage(
        "a trigger dropped", "DROP TRIGGER row_2_touch ON public.users", "public.users: trigger"
    ),
    Damage(
        "a trigger switched off",
        "ALTER TABLE public.vehicle_events DISABLE TRIGGER event_0_keep_row",
        "public.vehicle_events: trigger",
    ),
    Damage(
        "a trigger for replicas only",
        "ALTER TABLE public.users ENABLE REPLICA TRIGGER row_2_touch",
        "public.users: trigger",
    ),
    Damage(
        "a trigger for another event",
        "DROP TRIGGER row_2_touch ON public.users;"
        " CREATE TRIGGER row_2_touch BEFORE INSERT ON public.users"
        " FOR EACH ROW EXECUTE FUNCTION private.touch_row()",
        "public.users: trigger",
    ),
    Damage(
        "the triggers of the keys switched off",
        "ALTER TABLE public.reminders DISABLE TRIGGER ALL",
        "public.reminders: trigger of a key",
    ),
    Damage(
        "a trigger on the findings",
        NOTHING + "CREATE TRIGGER mild BEFORE INSERT ON audit.finding"
        " FOR EACH ROW EXECUTE FUNCTION private.nothing()",
        "audit.finding: trigger",
    ),
    # constraints
    Damage(
        "an author's foreign key dropped",
        "ALTER TABLE public.garages DROP CONSTRAINT garages_created_by_fkey",
        "public.garages: constraint",
    ),
    Damage("an author's foreign key that cascades", CASCADES, "public.garages: constraint"),
    Damage("a foreign key that is not valid", NOT_VALID, "public.garages: constraint"),
    Damage(
        "a foreign key made deferrable",
        "ALTER TABLE public.garages ALTER CONSTRAINT garages_created_by_fkey DEFERRABLE",
        "public.garages: constraint",
    ),
    Damage("a check widened under its name", REWRITTEN_CHECK, "public.reminders: constraint"),
    Damage(
        "a check added",
        "ALTER TABLE public.users ADD CHECK (length(name) < 50)",
        "public.users: constraint",
    ),
    Damage(
        "a unique key dropped",
        "ALTER TABLE public.users DROP CONSTRAINT users_email_key",
        "public.users: constraint",
    ),
    Damage(
        "a primary key dropped",
        "ALTER TABLE private.job_log DROP CONSTRAINT job_log_pkey",
        "private.job_log: constraint",
    ),
    Damage(
        "a constraint renamed",
        "ALTER TABLE public.users RENAME CONSTRAINT users_email_key TO users_mail",
        "public.users: constraint",
    ),
    # relations and columns
    Damage(
        "a table made unlogged",
        "ALTER TABLE private.job_log SET UNLOGGED",
        "private.job_log: relation",
    ),
    Damage("a table dropped", "DROP TABLE private.job_log CASCADE", "private.job_log"),
    Damage("a table added to public", "CREATE TABLE public.extra (id integer)", "public.extra"),
    Damage("a table added to legacy", "CREATE TABLE legacy.extra (id integer)", "legacy.extra"),
    Damage("a table added to audit", "CREATE TABLE audit.extra (id integer)", "audit.extra"),
    Damage("a legacy table dropped", "DROP TABLE legacy.fleet CASCADE", "legacy.fleet"),
    Damage(
        "a legacy table altered",
        "ALTER TABLE legacy.fleet ADD COLUMN more text",
        "legacy.fleet: column",
    ),
    Damage(
        "a table that inherits",
        "CREATE TABLE public.more () INHERITS (public.garages)",
        "public.more",
    ),
    Damage(
        "a table renamed",
        "ALTER TABLE private.memberships RENAME TO members",
        "private.memberships",
    ),
    Damage(
        "a table moved away",
        "CREATE SCHEMA elsewhere; ALTER TABLE private.erasing SET SCHEMA elsewhere",
        "private.erasing",
    ),
    Damage(
        "storage parameters altered",
        "ALTER TABLE private.vehicle_writer SET (fillfactor = 90)",
        "private.vehicle_writer: relation",
    ),
    Damage(
        "a replica identity",
        "ALTER TABLE public.vehicles REPLICA IDENTITY FULL",
        "public.vehicles: relation",
    ),
    Damage(
        "a table given to another owner",
        "ALTER TABLE public.vehicles OWNER TO authenticated",
        "public.vehicles: owner",
    ),
    Damage(
        "a column added", "ALTER TABLE public.users ADD COLUMN pin text", "public.users: column"
    ),
    Damage(
        "a column dropped",
        "ALTER TABLE public.users DROP COLUMN name CASCADE",
        "public.users: column",
    ),
    Damage(
        "a column of another type",
        "ALTER TABLE public.reminders ALTER COLUMN due_mileage TYPE bigint",
        "public.reminders: column",
    ),
    Damage(
        "another default",
        "ALTER TABLE public.tenants ALTER COLUMN kind SET DEFAULT 'org'",
        "public.tenants: column",
    ),
    Damage(
        "a default dropped",
        "ALTER TABLE public.users ALTER COLUMN id DROP DEFAULT",
        "public.users: column",
    ),
    Damage(
        "NOT NULL dropped",
        "ALTER TABLE public.vehicles ALTER COLUMN nickname DROP NOT NULL",
        "public.vehicles: column",
    ),
    Damage(
        "NOT NULL added",
        "ALTER TABLE private.memberships ALTER COLUMN role SET NOT NULL;"
        " ALTER TABLE public.vehicles ALTER COLUMN enrichment SET NOT NULL",
        "public.vehicles: column",
    ),
    Damage(
        "an identity weakened",
        "ALTER TABLE private.job_log ALTER COLUMN id SET GENERATED BY DEFAULT",
        "private.job_log: column",
    ),
    Damage(
        "a collation",
        'ALTER TABLE public.garages ALTER COLUMN address TYPE text COLLATE "POSIX"',
        "public.garages: column",
    ),
    Damage(
        "another way to keep a column",
        "ALTER TABLE public.vehicles ALTER COLUMN notes SET STORAGE EXTERNAL",
        "public.vehicles: column",
    ),
    # indexes, statistics, sequences, types, rules
    Damage("an index dropped", "DROP INDEX public.vehicles_garage", "public.vehicles: index"),
    Damage("an index added", "CREATE INDEX ON public.vehicles (make)", "public.vehicles: index"),
    Damage("another predicate of an index", OTHER_INDEX, "public.reminders: index"),
    Damage(
        "an index that is not valid",
        "UPDATE pg_index SET indisvalid = false"
        " WHERE indexrelid = 'public.vehicles_garage'::regclass",
        "public.vehicles: index",
    ),
    Damage(
        "statistics added",
        "CREATE STATISTICS public.more ON make, model FROM public.vehicles",
        "public.vehicles: statistics",
    ),
    Damage(
        "a sequence that counts otherwise",
        "ALTER SEQUENCE private.job_log_id_seq INCREMENT BY 2 CYCLE",
        "private.job_log_id_seq: sequence",
    ),
    Damage("a sequence added", "CREATE SEQUENCE public.counter", "public.counter"),
    Damage("an enumeration added", "CREATE TYPE public.mood AS ENUM ('good')", "public.type mood"),
    Damage("a domain added", "CREATE DOMAIN private.miles AS integer", "private.type miles"),
    Damage("a composite type added", "CREATE TYPE public.pair AS (a integer)", "public.pair"),
    Damage(
        "an operator added",
        "CREATE OPERATOR public.=== (FUNCTION = uuid_eq, LEFTARG = uuid, RIGHTARG = uuid)",
        "public.operator public.===(pg_catalog.uuid,pg_catalog.uuid)",
    ),
    Damage(
        "a cast of a type of ours",
        "CREATE CAST (public.tenants AS text) WITH INOUT AS ASSIGNMENT",
        "cast (public.tenants AS pg_catalog.text)",
    ),
    Damage(
        "a collation added",
        'CREATE COLLATION public.odd FROM "C"',
        "public.collation public.odd",
    ),
    Damage(
        "a rule that swallows",
        "CREATE RULE swallow AS ON INSERT TO public.reminders DO INSTEAD NOTHING",
        "public.reminders: rule",
    ),
    # views
    Damage("a view of another text", OTHER_VIEW, "private.visible_vehicle: query"),
    Damage("a view dropped", "DROP VIEW public.timeline_feed", "public.timeline_feed"),
    Damage("a view added", "CREATE VIEW public.more AS SELECT * FROM public.users", "public.more"),
    Damage(
        "a view that runs as its owner",
        "ALTER VIEW public.timeline_feed RESET (security_invoker)",
        "public.timeline_feed: relation",
    ),
    Damage(
        "a barrier taken away",
        "ALTER VIEW private.timeline_visible RESET (security_barrier)",
        "private.timeline_visible: relation",
    ),
    Damage(
        "a materialized view without rows",
        "REFRESH MATERIALIZED VIEW private.timeline WITH NO DATA",
        "private.timeline: rows",
    ),
    Damage(
        "an index of the timeline dropped",
        "DROP INDEX private.timeline_event",
        "private.timeline: index",
    ),
    # row level security
    Damage(
        "a policy for anon",
        "CREATE POLICY open ON public.users FOR SELECT TO anon USING (true)",
        "public.users: policy",
    ),
    Damage("a policy dropped", "DROP POLICY tenant_insert ON public.users", "public.users: policy"),
    Damage(
        "a policy of another text",
        "ALTER POLICY tenant_update ON public.users WITH CHECK (true)",
        "public.users: policy",
    ),
    Damage(
        "a policy for another role",
        "ALTER POLICY service_select ON public.users TO PUBLIC",
        "public.users: policy",
    ),
    Damage(
        "a policy that restricts",
        "CREATE POLICY less ON public.users AS RESTRICTIVE FOR SELECT USING (name <> 'x')",
        "public.users: policy",
    ),
    Damage(
        "row level security off",
        "ALTER TABLE private.memberships DISABLE ROW LEVEL SECURITY",
        "private.memberships: row level security",
    ),
    Damage(
        "row level security forced",
        "ALTER TABLE public.tenants FORCE ROW LEVEL SECURITY",
        "public.tenants: row level security",
    ),
    # rights
    Damage("a right more", "GRANT DELETE ON public.users TO service_role", "public.users: grant"),
    Damage(
        "a right less", "REVOKE UPDATE ON public.users FROM authenticated", "public.users: grant"
    ),
    Damage(
        "a right to hand on",
        "GRANT SELECT ON public.users TO authenticated WITH GRANT OPTION",
        "public.users: grant",
    ),
    Damage(
        "a right of another role",
        "CREATE ROLE visitor_of_test; GRANT SELECT ON public.users TO visitor_of_test",
        "public.users: grant",
    ),
    Damage(
        "a right on a column",
        "GRANT SELECT (email) ON public.users TO anon",
        "public.users: column grant",
    ),
    Damage(
        "the plan opened to members",
        "GRANT UPDATE (plan_name) ON public.tenants TO authenticated",
        "public.tenants: column grant",
    ),
    Damage(
        "the name closed to members",
        "REVOKE UPDATE (name) ON public.tenants FROM authenticated",
        "public.tenants: column grant",
    ),
    Damage(
        "ids opened to members",
        "GRANT INSERT ON public.vehicles TO authenticated",
        "public.vehicles: grant",
    ),
    Damage(
        "legacy rows opened to the service",
        "GRANT INSERT (legacy_row) ON public.vehicle_events TO service_role",
        "public.vehicle_events: column grant",
    ),
    Damage(
        "given audit columns taken",
        "DROP TRIGGER row_0_given ON public.reminders",
        "public.reminders: trigger",
    ),
    Damage(
        "anybody is a member",
        "CREATE OR REPLACE FUNCTION private.is_member(of_tenant uuid) RETURNS boolean"
        " LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''"
        " AS $$ BEGIN RETURN true; END $$",
        "private.is_member(of_tenant uuid): body",
    ),
    Damage(
        "a member by the caller's rights",
        "ALTER FUNCTION private.is_member(uuid) SECURITY INVOKER",
        "private.is_member(of_tenant uuid): function",
    ),
    Damage(
        "a member by another search path",
        "ALTER FUNCTION private.is_member(uuid) RESET search_path",
        "private.is_member(of_tenant uuid): function",
    ),
    Damage(
        "a right on a sequence",
        "GRANT USAGE ON SEQUENCE private.job_log_id_seq TO anon",
        "private.job_log_id_seq: grant",
    ),
    Damage("a right on a schema", "GRANT USAGE ON SCHEMA private TO anon", "schema private: grant"),
    Damage("a right on legacy", "GRANT USAGE ON SCHEMA legacy TO anon", "schema legacy: grant"),
    Damage("another owner of a schema", "ALTER SCHEMA audit OWNER TO anon", "schema audit: owner"),
    Damage(
        "a right taken from the owner",
        "REVOKE INSERT ON private.vehicle_writer FROM CURRENT_USER",
        "private.vehicle_writer: taken from the owner",
    ),
    Damage(
        "everything given to another owner",
        "DO $$ DECLARE item regclass; BEGIN FOR item IN SELECT c.oid FROM pg_class c"
        " WHERE c.relnamespace = 'private'::regnamespace AND c.relkind IN ('r', 'v', 'm') LOOP"
        " EXECUTE format('ALTER TABLE %s OWNER TO service_role', item); END LOOP; END $$",
        "rebuilt schema: owner",
    ),
    # partitions
    Damage(
        "a partition dropped", "DROP TABLE public.vehicle_events_2026", f"{PARTITIONS}: partition"
    ),
    Damage(
        "a partition detached",
        "ALTER TABLE public.vehicle_events DETACH PARTITION public.vehicle_events_2026",
        "public.vehicle_events_2026",
    ),
    Damage("a partition of other bounds", OTHER_BOUNDS, f"{PARTITIONS}: partition"),
    Damage("a partition of another year than its name's", WRONG_YEAR, f"{PARTITIONS}: partition"),
    Damage("a partition that is not complete", BARE_PARTITION, f"{PARTITIONS}: row level security"),
    Damage("a partition in another schema", OUTSIDE_PARTITION, "table elsewhere.hidden"),
    Damage(
        "a policy of one partition",
        "ALTER POLICY tenant_select ON public.vehicle_events_2025 USING (true)",
        f"{PARTITIONS}: policy",
    ),
    Damage(
        "a trigger of one partition switched off",
        "ALTER TABLE public.vehicle_events_2025 DISABLE TRIGGER event_0_keep",
        f"{PARTITIONS}: trigger",
    ),
    Damage(
        "a right on one partition",
        "GRANT SELECT ON public.vehicle_events_2025 TO anon",
        f"{PARTITIONS}: grant",
    ),
    Damage(
        "an index of one partition",
        "CREATE INDEX ON public.vehicle_events_2025 (miles)",
        f"{PARTITIONS}: index",
    ),
    Damage(
        "the guard of the default partition dropped",
        "DROP TRIGGER event_0_keep ON public.vehicle_events_default",
        "public.vehicle_events_default: trigger",
    ),
    # theirs, in public
    Damage(
        "theirs altered",
        "CREATE OR REPLACE FUNCTION public.plus_one(n integer) RETURNS integer"
        " LANGUAGE sql AS 'SELECT n + 2'",
        "public.plus_one(n integer): body",
    ),
    Damage("theirs dropped", "DROP FUNCTION public.plus_one", "public.plus_one(n integer)"),
    # the environment
    Damage(
        "default privileges in public",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO anon",
        f"{POSTGRES} in public",
    ),
    Damage(
        "default privileges everywhere",
        "ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO PUBLIC",
        POSTGRES,
    ),
    Damage("CREATE on public", "GRANT CREATE ON SCHEMA public TO anon", "schema public: grant"),
    Damage(
        "USAGE on public taken", "REVOKE USAGE ON SCHEMA public FROM anon", "schema public: grant"
    ),
    Damage("another owner of public", "ALTER SCHEMA public OWNER TO anon", "schema public: owner"),
    Damage(
        "a tenant set for a role",
        "ALTER ROLE authenticated SET app.tenant_id = 'b1000000-0000-4000-8000-000000000001'",
        "role authenticated: setting",
    ),
    Damage(
        "a tenant set for a role in this database",
        "DO $$ BEGIN EXECUTE format('ALTER ROLE anon IN DATABASE %I SET app.tenant_id = %L',"
        " current_database(), 'x'); END $$",
        "role anon: setting in this database",
    ),
    Damage(
        "a setting of the database",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET row_security = off',"
        " current_database()); END $$",
        "every role",
    ),
    Damage(
        "a right on the database",
        "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO anon',"
        " current_database()); END $$",
        "database: grant",
    ),
    Damage(
        "a role that skips policies",
        "ALTER ROLE authenticated BYPASSRLS",
        "role authenticated: attributes",
    ),
    Damage(
        "a role that no longer does",
        "ALTER ROLE service_role NOBYPASSRLS",
        "role service_role: attributes",
    ),
    Damage("a role that may log in", "ALTER ROLE anon LOGIN", "role anon: attributes"),
    Damage("a membership", "GRANT service_role TO anon", "role anon: member of"),
    Damage(
        "a membership in a role of the server",
        "GRANT pg_read_all_data TO anon",
        "role anon: member of",
    ),
    Damage(
        "a new role that becomes another",
        "CREATE ROLE visitor_of_test; GRANT authenticated TO visitor_of_test",
        "role visitor_of_test",
    ),
    Damage("a new superuser", "CREATE ROLE visitor_of_test SUPERUSER", "role visitor_of_test"),
    Damage(
        "a publication of all tables",
        "CREATE PUBLICATION everything FOR ALL TABLES",
        "publication everything",
    ),
    Damage(
        "a publication of one table",
        "CREATE PUBLICATION partly FOR TABLE public.users (id, email) WHERE (name = 'x')",
        "publication partly",
    ),
    Damage(
        "a table more in a publication",
        "ALTER PUBLICATION known ADD TABLE public.users",
        "publication known: hands out",
    ),
    Damage(
        "another filter of a publication",
        "ALTER PUBLICATION known SET TABLE public.garages WHERE (is_default)",
        "publication known: hands out",
    ),
    Damage(
        "other options of a publication",
        "ALTER PUBLICATION known SET (publish = 'delete')",
        "publication known: options",
    ),
    Damage("a publication dropped", "DROP PUBLICATION known", "publication known"),
    Damage(
        "a publication of a schema",
        "CREATE PUBLICATION whole FOR TABLES IN SCHEMA public",
        "publication whole",
    ),
    Damage("an event trigger", EVENT_TRIGGER, "event trigger on_ddl"),
    Damage("an open view in another schema", OPEN_VIEW, "view elsewhere.every_vehicle"),
    Damage("a function in another schema", OUTSIDE_FUNCTION, "function elsewhere.every_name()"),
    Damage(
        "a foreign key from another schema",
        OUTSIDE_KEY,
        "table constraint tag_tenant_id_fkey on elsewhere.tag",
    ),
    Damage("a trigger in another schema", OUTSIDE_TRIGGER, "trigger touch on elsewhere.tag"),
    Damage("a policy in another schema", OUTSIDE_POLICY, "policy mine on elsewhere.tag"),
    # what stood around it before
    Damage(
        "a type of theirs altered",
        "ALTER TYPE public.colour ADD VALUE 'blue'",
        "public.type colour: type",
    ),
    Damage("a type of theirs dropped", "DROP TYPE public.colour", "public.type colour"),
    Damage(
        "a type of theirs open no more",
        "REVOKE USAGE ON TYPE public.colour FROM PUBLIC",
        "public.type colour: grant",
    ),
    Damage("a sequence of theirs dropped", "DROP SEQUENCE public.invoice", "public.invoice"),
    Damage("statistics dropped", "DROP STATISTICS public.together", "legacy.fleet: statistics"),
    Damage("a rule dropped", "DROP RULE kept ON legacy.fleet", "legacy.fleet: rule"),
    Damage(
        "a rule switched off", "ALTER TABLE legacy.fleet DISABLE RULE kept", "legacy.fleet: rule"
    ),
    Damage(
        "a view of another schema altered",
        "CREATE OR REPLACE VIEW reports.names AS SELECT name FROM legacy.fleet WHERE id > 1",
        "view reports.names: hangs on these schemas",
    ),
    Damage(
        "a view of another schema opened",
        "GRANT SELECT ON reports.names TO anon",
        "view reports.names: grant",
    ),
    Damage(
        "a view of another schema under another owner",
        "ALTER VIEW reports.names OWNER TO pg_monitor",
        "view reports.names: hangs on these schemas",
    ),
    Damage(
        "one column of a view of another schema opened",
        "GRANT SELECT (name) ON reports.names TO anon",
        "view reports.names: column grant",
    ),
    Damage(
        "a policy of another schema for more roles",
        'ALTER POLICY "by fleet" ON reports."Seen" TO anon, pg_monitor',
        'policy "by fleet" on reports."Seen": hangs on these schemas',
    ),
    Damage(
        "a parsed body of another schema",
        COUNTED,
        "function reports.counted(): hangs on these schemas",
    ),
    Damage(
        "a search path of a function of another schema",
        "ALTER FUNCTION reports.counted() SET search_path = reports",
        "function reports.counted(): hangs on these schemas",
    ),
    Damage("a rule of another schema altered", OTHER_RULE, 'table reports."Seen": rule'),
    Damage(
        "a table that no dump holds any more",
        "ALTER EXTENSION plpgsql ADD TABLE public.vehicles",
        "public.vehicles: extension",
    ),
    Damage(
        "a function that goes with an extension",
        "ALTER FUNCTION private.current_tenant() DEPENDS ON EXTENSION plpgsql",
        "private.current_tenant(): extension",
    ),
    Damage(
        "triggers and keys that the API may switch off",
        "GRANT SET ON PARAMETER session_replication_role TO authenticated",
        "server setting session_replication_role",
    ),
    Damage(
        "future functions open to all again",
        "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
        POSTGRES,
    ),
    Damage(
        "future functions open to a role of the API",
        "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO anon",
        f"{POSTGRES}: functions",
    ),
    Damage(
        "an event trigger with more rights",
        "ALTER FUNCTION reports.on_ddl() SECURITY DEFINER",
        "event trigger known: body",
    ),
    Damage("a view of another schema dropped", "DROP VIEW reports.names", "view reports.names"),
    Damage(
        "a table of another schema that inherits",
        "CREATE TABLE reports.more () INHERITS (public.users)",
        "table reports.more",
    ),
    Damage("an event trigger dropped", "DROP EVENT TRIGGER known", "event trigger known"),
    Damage(
        "an event trigger switched off",
        "ALTER EVENT TRIGGER known DISABLE",
        "event trigger known: event trigger",
    ),
    Damage("another text of an event trigger", OTHER_TEXT, "event trigger known: body"),
    Damage(
        "default privileges widened",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT INSERT ON TABLES TO pg_monitor",
        f"{POSTGRES} in public: tables",
    ),
    Damage(
        "default privileges dropped",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM pg_monitor",
        f"{POSTGRES} in public",
    ),
    Damage(
        "a setting altered",
        DATABASE_SETTING.format("SET statement_timeout = 0"),
        "role anon: setting in this database",
    ),
    Damage(
        "a setting dropped",
        DATABASE_SETTING.format("RESET statement_timeout"),
        "role anon: setting in this database",
    ),
    Damage(
        "a cast between types of the server",
        "CREATE CAST (text AS uuid) WITH INOUT AS IMPLICIT",
        "cast (pg_catalog.text AS pg_catalog.uuid)",
    ),
    Damage(
        "a right of PUBLIC on the database taken",
        "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC',"
        " current_database()); END $$",
        "database: grant",
    ),
    Damage("schema private dropped", "DROP SCHEMA private CASCADE", "schema private"),
    Damage("schema legacy dropped", "DROP SCHEMA legacy CASCADE", "schema legacy"),
    Damage("schema audit dropped", "DROP SCHEMA audit CASCADE", "schema audit"),
]
