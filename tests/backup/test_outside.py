"""What hangs on the 35 objects from outside: each kind is named, its like is not."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cron
import psycopg
import pytest
from conftest import clone, template
from psycopg.conninfo import make_conninfo

from motomind_nb import backup, legacy, postgres
from motomind_nb.backup import Dependent, Manifest, files
from motomind_nb.backup.taking.outside import SUPABASE, UNREADABLE
from motomind_nb.core import Refused
from motomind_nb.postgres import Server, connect
from motomind_nb.profile import dependent_findings

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZSJ9.abc-def"
SCHEMAS = (
    "CREATE SCHEMA billing",
    "CREATE SCHEMA storage",
    "CREATE SCHEMA auth",
    'CREATE SCHEMA "My Schema"',
    "CREATE TABLE auth.users (id uuid PRIMARY KEY, email text)",
    "CREATE TABLE storage.objects (id uuid PRIMARY KEY, owner uuid)",
)
BODY = "LANGUAGE plpgsql AS $$ BEGIN {} RETURN NEW; END $$"
SIGN_UP = "CREATE FUNCTION auth.sign_up() RETURNS trigger " + BODY.format(
    "INSERT INTO public.users (id, email) VALUES (NEW.id, NEW.email);"
)
COPY = "CREATE FUNCTION billing.copy_row() RETURNS trigger " + BODY.format("")
ON_USERS = "AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION"

# what is planted, and how it must be named: kind, name, what it depends on
PLANTED: dict[str, tuple[tuple[str, ...], tuple[str, str, str]]] = {
    "foreign key": (
        ("CREATE TABLE billing.invoices (id int, vehicle_id uuid REFERENCES public.vehicles)",),
        ("foreign key", "invoices_vehicle_id_fkey on billing.invoices", "vehicles"),
    ),
    "view": (
        ("CREATE VIEW billing.cars AS SELECT v.id, t.name FROM public.vehicles v, tenants t",),
        ("view", "billing.cars", "tenants, vehicles"),
    ),
    "view of quoted names": (
        ('CREATE VIEW "My Schema"."Cars" AS SELECT 1 AS id FROM public.fleet_overview',),
        ("view", '"My Schema"."Cars"', "fleet_overview"),
    ),
    "view of public": (
        ("CREATE VIEW public.my_garages AS SELECT id FROM public.garages",),
        ("view", "public.my_garages", "garages"),
    ),
    "materialized view": (
        ("CREATE MATERIALIZED VIEW billing.miles AS SELECT id FROM public.vehicle_events",),
        ("materialized view", "billing.miles", "vehicle_events"),
    ),
    "rule": (
        (
            "CREATE TABLE billing.seen (id uuid)",
            "CREATE RULE forget AS ON DELETE TO billing.seen DO ALSO DELETE FROM public.vin_cache",
        ),
        ("rule", "forget on billing.seen", "vin_cache"),
    ),
    "parsed body": (
        (
            "CREATE FUNCTION billing.count_logs() RETURNS bigint LANGUAGE sql"
            " BEGIN ATOMIC SELECT count(*) FROM public.fuel_logs; END",
        ),
        ("function", "billing.count_logs()", "fuel_logs"),
    ),
    "row type as the result": (
        (
            "CREATE FUNCTION billing.due() RETURNS SETOF public.reminders LANGUAGE sql"
            " AS 'SELECT NULL::public.reminders'",
        ),
        ("function", "billing.due()", "reminders"),
    ),
    "row type as an argument": (
        (
            "CREATE FUNCTION billing.label(public.garages) RETURNS text"
            " LANGUAGE sql AS 'SELECT NULL::text'",
        ),
        ("function", "billing.label(public.garages)", "garages"),
    ),
    "aggregate over row types": (
        (
            "CREATE FUNCTION billing.keep(int, public.vin_cache) RETURNS int LANGUAGE sql"
            " AS 'SELECT 1'",
            "CREATE AGGREGATE billing.kept(public.vin_cache) (SFUNC = billing.keep, STYPE = int)",
        ),
        ("aggregate", "billing.kept(public.vin_cache)", "vin_cache"),
    ),
    "function by text": (
        (SIGN_UP,),
        ("function by text", "auth.sign_up()", "users"),
    ),
    "procedure by text with quotes": (
        (
            "CREATE PROCEDURE billing.clear() LANGUAGE plpgsql"
            ' AS $$ BEGIN DELETE FROM "public" . "uploads"; END $$',
        ),
        ("procedure by text", "billing.clear()", "uploads"),
    ),
    "function of public by text": (
        ("CREATE FUNCTION public.mine() RETURNS text LANGUAGE sql AS 'SELECT vin FROM Vehicles'",),
        ("function by text", "public.mine()", "vehicles"),
    ),
    "function that calls a legacy function": (
        (
            "CREATE FUNCTION billing.tidy() RETURNS text LANGUAGE plpgsql"
            " AS $$ BEGIN PERFORM refresh_vehicle_health_scores(); RETURN ''; END $$",
        ),
        ("function by text", "billing.tidy()", "refresh_vehicle_health_scores"),
    ),
    "another function of a legacy name": (
        (
            "CREATE FUNCTION public.get_usage_summary(p text) RETURNS text LANGUAGE sql"
            " AS 'SELECT name FROM tenants'",
        ),
        ("function by text", "public.get_usage_summary(text)", "tenants"),
    ),
    "policy": (
        (
            "ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY",
            "CREATE POLICY members ON storage.objects FOR SELECT TO authenticated USING"
            " (owner IN (SELECT m.user_id FROM public.memberships m))",
        ),
        ("policy", "members on storage.objects", "memberships"),
    ),
    "trigger by the text of its function": (
        (f"CREATE TRIGGER on_sign_up {ON_USERS} auth.sign_up()",),
        ("trigger", "on_sign_up on auth.users", "users"),
    ),
    "trigger by its arguments": (
        (f"CREATE TRIGGER copied {ON_USERS} billing.copy_row('first', 'public.audit_log')",),
        ("trigger", "copied on auth.users", "audit_log"),
    ),
    "trigger of a legacy function": (
        (f"CREATE TRIGGER stamped {ON_USERS} public.update_updated_at_column()",),
        ("trigger", "stamped on auth.users", "update_updated_at_column()"),
    ),
    "column of a row type": (
        ("CREATE TABLE billing.history (id int, car public.vehicles)",),
        ("column", "billing.history.car", "vehicles"),
    ),
    "column of an array of row types": (
        ("CREATE TABLE billing.lists (id int, cars public.vehicles[])",),
        ("column", "billing.lists.cars", "vehicles"),
    ),
    "composite type": (
        ('CREATE TYPE billing.pair AS ("First" public.garages, second int)',),
        ("column", 'billing.pair."First"', "garages"),
    ),
    "domain": (
        ("CREATE DOMAIN billing.car AS public.vehicles",),
        ("type", "billing.car", "vehicles"),
    ),
    "default": (
        (
            "CREATE TABLE billing.flags (id int, ok boolean DEFAULT"
            " public.check_usage_limit(NULL, 'x', 1))",
        ),
        ("default", "billing.flags.ok", "check_usage_limit(uuid,text,integer)"),
    ),
    "check": (
        (
            "CREATE TABLE billing.limits (id uuid,"
            " CONSTRAINT within CHECK (public.check_usage_limit(id, 'x', 1)))",
        ),
        ("check", "within on billing.limits", "check_usage_limit(uuid,text,integer)"),
    ),
    "index": (
        (
            "CREATE TABLE billing.parts (id uuid)",
            "ALTER FUNCTION public.check_usage_limit IMMUTABLE",
            "CREATE INDEX by_limit ON billing.parts (public.check_usage_limit(id, 'x', 1))",
        ),
        ("index", "billing.by_limit", "check_usage_limit(uuid,text,integer)"),
    ),
    "statistics": (
        (
            "CREATE TABLE billing.sums (id uuid)",
            "CREATE STATISTICS billing.guess ON (public.check_usage_limit(id, 'x', 1)), id"
            " FROM billing.sums",
        ),
        ("statistics object", "billing.guess", "check_usage_limit(uuid,text,integer)"),
    ),
    "cast": (
        ("CREATE CAST (public.uploads AS text) WITH INOUT",),
        ("cast", "(public.uploads AS pg_catalog.text)", "uploads"),
    ),
    "child of a legacy table": (
        ("CREATE TABLE billing.old_cars () INHERITS (public.vin_cache)",),
        ("inheritance", "billing.old_cars", "vin_cache"),
    ),
    "parent of a legacy table": (
        (
            "CREATE TABLE billing.anything ()",
            "ALTER TABLE public.vin_cache INHERIT billing.anything",
        ),
        ("inheritance", "billing.anything", "vin_cache"),
    ),
    "publication with a filter": (
        ("CREATE PUBLICATION few FOR TABLE public.reminders WHERE (status = 'open')",),
        ("publication", "few", "reminders"),
    ),
    "publication of columns": (
        ('CREATE PUBLICATION "Two" FOR TABLE public.vehicles (id, vin)',),
        ("publication", '"Two"', "vehicles"),
    ),
    "publication of all tables": (
        ("CREATE PUBLICATION every FOR ALL TABLES",),
        ("publication", "every", "all tables"),
    ),
    "publication of the schema": (
        ("CREATE PUBLICATION whole FOR TABLES IN SCHEMA public",),
        ("publication", "whole", "all tables"),
    ),
    "event trigger": (
        (
            "CREATE FUNCTION billing.watch() RETURNS event_trigger LANGUAGE plpgsql"
            " AS $$ BEGIN END $$",
            "CREATE EVENT TRIGGER watch_tables ON ddl_command_end WHEN TAG IN ('DROP TABLE')"
            " EXECUTE FUNCTION billing.watch()",
        ),
        ("event trigger", "watch_tables", "all objects"),
    ),
    "subscription": (
        (
            "CREATE SUBSCRIPTION incoming CONNECTION 'dbname=nowhere password=secret'"
            " PUBLICATION p WITH (connect = false)",
            "INSERT INTO pg_subscription_rel SELECT oid, 'public.vin_cache'::regclass, 'i'"
            " FROM pg_subscription",
        ),
        ("subscription", "incoming", "vin_cache"),
    ),
}
# what is none: names of other schemas, parts of names, what legacy objects use themselves
HARMLESS = {
    "function that names auth.users": "CREATE FUNCTION billing.emails() RETURNS SETOF text"
    ' LANGUAGE sql AS \'SELECT email FROM auth.users UNION SELECT email FROM "auth"."users"\'',
    "function that names auth . users": "CREATE FUNCTION billing.mails() RETURNS SETOF text"
    " LANGUAGE sql AS 'SELECT email FROM auth . users'",
    "function of longer names": "CREATE FUNCTION billing.parts() RETURNS text LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN 'vehicles_old my_users users$1' || users2; END $$",
    "trigger of a legacy table": "CREATE TRIGGER own AFTER INSERT ON public.vehicles"
    " FOR EACH ROW EXECUTE FUNCTION billing.copy_row('vehicles')",
    "trigger elsewhere": f"CREATE TRIGGER users {ON_USERS} billing.copy_row('auth.users')",
    "foreign key to another table": "CREATE TABLE billing.logins (id uuid REFERENCES auth.users)",
    "foreign key of a legacy table": "ALTER TABLE public.users ADD FOREIGN KEY (id)"
    " REFERENCES auth.users NOT VALID",
    "policy of a legacy table": "CREATE POLICY more ON public.vin_cache USING"
    " (EXISTS (SELECT FROM public.memberships))",
    "view of another table": "CREATE VIEW billing.users AS SELECT id FROM auth.users",
    "index of a legacy table": "CREATE INDEX more ON public.vehicles (vin, tenant_id)",
    "plain publication": "CREATE PUBLICATION plain FOR TABLE public.vehicles, auth.users",
    "publication of another table": "CREATE PUBLICATION few FOR TABLE auth.users (id)",
    "publication of another schema": "CREATE PUBLICATION others FOR TABLES IN SCHEMA auth",
}


SUBSCRIPTIONS = (
    "SELECT subname AS name FROM pg_subscription AS s JOIN pg_database AS d ON s.subdbid = d.oid"
    " WHERE d.datname = current_database()"
)
# what comes with a planted one
BESIDE = {
    ("function", "billing.keep(integer,public.vin_cache)", "vin_cache"),
    ("trigger", "on_sign_up on auth.users", "users"),
}
OUTSIDE = {expected for _, expected in PLANTED.values()} | BESIDE


def run(conninfo: str, *statements: str) -> None:
    """Run statements as another owner than the legacy objects'."""
    with connect(conninfo, autocommit=True) as connection:
        if not postgres.value(connection, "SELECT to_regrole('keeper_of_bills')::text"):
            connection.execute("CREATE ROLE keeper_of_bills SUPERUSER")
        connection.execute("SET ROLE keeper_of_bills")
        for statement in statements:
            connection.execute(statement.encode())


def named(manifest: Manifest) -> set[tuple[str, str, str]]:
    return {(item.kind, item.name, item.depends_on) for item in manifest.outside}


def with_statements(server: Server, statements: list[str]) -> Iterator[str]:
    """A clone of the sample with other schemas beside, in which statements were run."""

    def fill(conninfo: str) -> None:
        with connect(conninfo) as connection:
            legacy.create_sample(connection, "sample")

    for conninfo in clone(server, template(server, "template_sample", fill)):
        run(conninfo, *SCHEMAS, COPY, *statements)
        yield conninfo
        with connect(conninfo, autocommit=True) as connection:
            for row in postgres.rows(connection, SUBSCRIPTIONS):
                for rest in ("DISABLE", "SET (slot_name = NONE)"):
                    connection.execute(f"ALTER SUBSCRIPTION {row['name']} {rest}".encode())
                connection.execute(f"DROP SUBSCRIPTION {row['name']}".encode())
    # the last of the databases in which it owns something is gone, or another test drops it
    with (
        contextlib.suppress(psycopg.errors.DependentObjectsStillExist),
        connect(server.conninfo("template_empty"), autocommit=True) as connection,
    ):
        connection.execute("DROP ROLE IF EXISTS keeper_of_bills")


@pytest.fixture(scope="module")
def planted(server: Server) -> Iterator[str]:
    statements = [text for texts, _ in PLANTED.values() for text in texts]
    yield from with_statements(server, statements)


@pytest.fixture(scope="module")
def taken(planted: str, tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    folder = tmp_path_factory.mktemp("outside") / "backup"
    made = backup.take_backup(planted, folder)
    assert backup.read_manifest(folder) == made
    return made


@pytest.mark.parametrize("what", PLANTED)
def test_each_kind_is_named(taken: Manifest, what: str) -> None:
    assert PLANTED[what][1] in named(taken)


def test_nothing_else_is_named(taken: Manifest) -> None:
    assert named(taken) == OUTSIDE
    assert len(taken.outside) == len(OUTSIDE)


def test_each_has_a_text(taken: Manifest) -> None:
    texts = {item.name: item.text for item in taken.outside}
    assert all(texts.values())
    assert texts["invoices_vehicle_id_fkey on billing.invoices"] == (
        "FOREIGN KEY (vehicle_id) REFERENCES public.vehicles(id)"
    )
    assert texts["members on storage.objects"].startswith("FOR SELECT TO authenticated USING (")
    assert texts["few"] == "FOR TABLE public.reminders WHERE ((status = 'open'::text))"
    assert texts['"Two"'] == "FOR TABLE public.vehicles (id, vin)"
    assert texts["billing.lists.cars"] == "public.vehicles[]"
    assert texts["watch_tables"].startswith("ON ddl_command_end WHEN TAG IN (DROP TABLE)")
    assert "secret" not in str(taken.outside)


def test_each_is_a_failure_that_says_what_to_do(taken: Manifest) -> None:
    found = {item.subject: item for item in dependent_findings(taken)}
    assert set(found) == {f"{kind} {name}" for kind, name, _ in OUTSIDE}
    assert {item.status for item in found.values()} == {"fail"}
    view = found["view billing.cars"]
    assert (view.check, view.expected) == ("outside dependent", "handled")
    assert view.found == "depends on tenants, vehicles"
    assert view.detail == (
        "SELECT v.id,; name it in the accept file with handled = rebind, also or leave"
    )


def test_a_role_that_may_only_read_finds_the_same(
    planted: str, taken: Manifest, tmp_path: Path
) -> None:
    with connect(planted) as connection:
        connection.execute("CREATE ROLE reads_only LOGIN BYPASSRLS")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reads_only")
    try:
        reader = make_conninfo(planted, user="reads_only")
        assert backup.take_backup(reader, tmp_path / "backup").outside == taken.outside
    finally:
        with connect(planted) as connection:
            connection.execute("DROP OWNED BY reads_only")
            connection.execute("DROP ROLE reads_only")


def test_an_untouched_sample_has_none(sample_database: str, tmp_path: Path) -> None:
    held = backup.take_backup(sample_database, tmp_path / "backup")
    assert held.outside == ()
    (found,) = dependent_findings(held)
    assert (found.status, found.found) == ("ok", "no dependent")


def test_what_only_looks_like_a_dependent_is_none(server: Server, tmp_path: Path) -> None:
    for conninfo in with_statements(server, list(HARMLESS.values())):
        assert backup.take_backup(conninfo, tmp_path / "backup").outside == ()


def test_temporary_objects_are_left_out(sample_database: str, tmp_path: Path) -> None:
    with connect(sample_database, autocommit=True) as other:
        other.execute("CREATE TEMPORARY VIEW mine AS SELECT id FROM public.vehicles")
        other.execute(
            "CREATE FUNCTION pg_temp.f() RETURNS text LANGUAGE sql AS 'SELECT vin FROM vehicles'"
        )
        assert backup.take_backup(sample_database, tmp_path / "backup").outside == ()


def test_functions_beside_the_legacy_ones_are_one_note(
    sample_database: str, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        run(
            sample_database,
            f"CREATE FUNCTION public.{name}() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        )
    held = backup.take_backup(sample_database, tmp_path / "backup")
    assert named(held) == {("function", f"public.{name}()", "") for name in ("first", "second")}
    ok, note = dependent_findings(held)
    assert (ok.status, note.status, note.found) == ("ok", "note", "2 functions using none")
    assert note.detail == "public.first(), public.second(): they stay where they are"


def test_event_triggers_of_supabase_itself_are_left_out(
    sample_database: str, tmp_path: Path
) -> None:
    run(
        sample_database,
        "CREATE FUNCTION extensions.watch() RETURNS event_trigger LANGUAGE plpgsql"
        " AS $$ BEGIN END $$",
        *(
            f"CREATE EVENT TRIGGER {name} ON ddl_command_end EXECUTE FUNCTION extensions.watch()"
            for name in (*SUPABASE, "of_the_customer")
        ),
    )
    held = backup.take_backup(sample_database, tmp_path / "backup")
    assert named(held) == {("event trigger", "of_the_customer", "all objects")}


def test_a_secret_in_a_text_is_hidden(sample_database: str, tmp_path: Path) -> None:
    run(
        sample_database,
        "CREATE FUNCTION extensions.call() RETURNS text LANGUAGE sql"
        f" AS 'SELECT ''Bearer {TOKEN}'' FROM users'",
    )
    (found,) = backup.take_backup(sample_database, tmp_path / "backup").outside
    assert "(hidden)" in found.text and TOKEN[:9] not in found.text


def test_a_slot_of_this_database_is_named_and_one_of_another_not(tmp_path: Path) -> None:
    server = postgres.start_server(settings={"wal_level": "logical", "max_wal_senders": "4"})
    try:
        here, there = (server.new_database(name) for name in ("here", "there"))
        for conninfo, name in ((here, "of_here"), (there, "of_there")):
            with connect(conninfo, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_create_logical_replication_slot(%s, 'test_decoding')", (name,)
                )
        with connect(here) as connection:
            connection.execute("SELECT 1")
            legacy.create_sample(connection, "sample")
        held = backup.take_backup(here, tmp_path / "backup")
    finally:
        server.stop()
    assert named(held) == {("replication slot", "of_here", "all tables")}


@cron.needed
def test_jobs_that_name_a_legacy_object_and_unreadable_ones(tmp_path: Path) -> None:
    with cron.running() as conninfo:
        with connect(conninfo) as connection:
            legacy.create_sample(connection, "sample")
            for name, command in (
                ("drain", "DELETE FROM image_generation_queue"),
                ("own", "SELECT billing.close_month()"),
                ("accounts", "DELETE FROM auth.users WHERE false"),
            ):
                connection.execute("SELECT cron.schedule(%s, '0 3 * * *', %s)", (name, command))
            connection.execute("UPDATE cron.job SET active = false")
            connection.execute("CREATE ROLE plain LOGIN BYPASSRLS")
            connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO plain")
        read = backup.take_backup(conninfo, tmp_path / "read")
        plain = make_conninfo(conninfo, user="plain")
        unread = backup.take_backup(plain, tmp_path / "unread")
    assert named(read) == {("cron job", "drain", "image_generation_queue")}
    assert unread.outside == (Dependent("cron job", "(unreadable)", "unknown objects", UNREADABLE),)


def test_an_exported_file_tells_nothing_of_them(taken: Manifest) -> None:
    (found,) = dependent_findings(replace(taken, source={"kind": "json"}, outside=()))
    assert (found.status, found.found) == ("note", "unknown")


def test_a_manifest_of_the_format_before_is_refused(sample_database: str, tmp_path: Path) -> None:
    held = backup.take_backup(sample_database, tmp_path / "backup")
    files.write_manifest(tmp_path / "backup", replace(held, format=3))
    with pytest.raises(Refused, match="a manifest of format 4"):
        backup.read_manifest(tmp_path / "backup")
