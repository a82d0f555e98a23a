"""Definitions are judged by what they say: names are free, and no text changes unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import loads
import psycopg
import pytest
from conftest import clone, in_shared, legacy_template, rolled_back

from motomind_nb import backup, postgres, reconcile
from motomind_nb.core import Finding
from motomind_nb.legacy import read_known_definitions
from motomind_nb.postgres import (
    Definition,
    Server,
    definition_without_name,
    drop_server_differences,
)

Connection = psycopg.Connection[Any]
SOFT = ("statistics", "comment", "query", "option", "sequence", "sequence owner", "publication")
RENAMES = """
DO $body$
DECLARE
    one record;
BEGIN
    PERFORM setseed({seed});
    FOR one IN
        SELECT conrelid::regclass AS held, conname AS name FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'c', 'f')
    LOOP
        EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', one.held, one.name,
            'c "' || md5(random()::text));
    END LOOP;
    FOR one IN
        SELECT indexrelid::regclass AS name FROM pg_index JOIN pg_class AS c ON c.oid = indrelid
        WHERE c.relnamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    LOOP
        EXECUTE format('ALTER INDEX %s RENAME TO %I', one.name, 'Index ON ' || md5(random()::text));
    END LOOP;
    FOR one IN
        SELECT tgrelid::regclass AS held, tgname AS name FROM pg_trigger WHERE NOT tgisinternal
    LOOP
        EXECUTE format('ALTER TRIGGER %I ON %s RENAME TO %I', one.name, one.held,
            't ' || md5(random()::text));
    END LOOP;
    FOR one IN SELECT polrelid::regclass AS held, polname AS name FROM pg_policy LOOP
        EXECUTE format('ALTER POLICY %I ON %s RENAME TO %I', one.name, one.held,
            'p ' || md5(random()::text));
    END LOOP;
END
$body$
"""


@pytest.fixture(scope="module")
def rebuilt_one(server: Server) -> Iterator[Connection]:
    """A finished load of the sample, only read."""
    with in_shared(server, loads.loaded_template(server, "sample")) as connection:
        yield connection


@pytest.fixture(scope="module")
def module_source(server: Server) -> Iterator[str]:
    """The sample's source database, for one module."""
    loads.loaded_template(server, "sample")
    yield from clone(server, legacy_template(server, "sample"))


@pytest.fixture
def source(module_source: str) -> Iterator[Connection]:
    """The owner of the source, inside a transaction that is rolled back."""
    with rolled_back(module_source) as connection:
        yield connection


def described(source: Connection) -> backup.Manifest:
    """The manifest of the source as it is now, as a backup would describe it."""
    objects, definitions = postgres.describe_schema(source, "public")
    known = loads.MANIFESTS["sample"]
    items = tuple(replace(objects[item.name], rows=item.rows) for item in known.objects)
    return replace(known, objects=items, definitions=definitions)


def judged(source: Connection, rebuilt: Connection) -> list[Finding]:
    """What is said of the source's definitions."""
    return reconcile.compare_definitions(rebuilt, described(source))


def test_the_sample_loses_nothing(source: Connection, rebuilt_one: Connection) -> None:
    found = judged(source, rebuilt_one)
    assert [item for item in found if item.status == "fail"] == []
    assert {item.subject for item in found if item.status == "warn"} == {
        "publication vehicle_events, publication reminders"
    }


def test_each_known_definition_is_in_the_sample(
    source: Connection, rebuilt_one: Connection
) -> None:
    changes = reconcile.schema_changes(rebuilt_one, described(source))
    assert changes[changes["fate"] == "absent"].empty
    known = Counter(item.kind for item in read_known_definitions())
    real = "check", "foreign key", "function", "index", "policy", "primary key", "trigger", "unique"
    assert [known[kind] for kind in real] == [55, 32, 15, 75, 33, 24, 14, 6]
    assert (known["comment"], known["row level security"]) == (55, 25)


@pytest.mark.parametrize("seed", [0.1, 0.7])
def test_names_are_free(source: Connection, rebuilt_one: Connection, seed: float) -> None:
    before = Counter((item.status, item.subject.split()[0]) for item in judged(source, rebuilt_one))
    counts = reconcile.definition_counts(rebuilt_one, described(source))
    source.execute(RENAMES.format(seed=seed).encode())
    found = judged(source, rebuilt_one)
    assert Counter((item.status, item.subject.split()[0]) for item in found) == before
    assert reconcile.definition_counts(rebuilt_one, described(source)).equals(counts)


def changed(item: Definition) -> Definition:
    """The same definition with another text under its own name."""
    if item.kind == "row level security":
        return replace(item, text="on, forced")
    if item.kind in ("function", "needed function"):
        return replace(item, text=item.text.replace("plpgsql", "plpython3u"))
    if item.kind == "index":
        return replace(item, text=item.text + " WITH (fillfactor = 50)")
    return replace(item, text=item.text + " -- altered")


def test_no_text_changes_unseen(source: Connection, rebuilt_one: Connection) -> None:
    """Every definition's text changed under its old name, all in one comparison, each is named."""
    before = described(source)
    skipped = ("grant", "publication", "sequence value")
    objects = tuple(
        replace(
            item,
            definitions=tuple(
                text if text.kind in skipped else changed(text) for text in item.definitions
            ),
            columns=tuple(
                replace(column, default=column.default and f"{column.default} + 0")
                for column in item.columns
            ),
        )
        for item in before.objects
    )
    own = tuple(changed(item) if "function" in item.kind else item for item in before.definitions)
    changes = reconcile.schema_changes(
        rebuilt_one, replace(before, objects=objects, definitions=own)
    )
    told = changes[(changes["fate"] == "lost") & (changes["known"] != "")]
    wanted = [
        (item.name, text.kind.removeprefix("needed "), text.name)
        for item in before.objects
        for text in item.definitions
        if text.kind not in skipped
    ]
    wanted += [
        (item.name, "default", column.name)
        for item in before.objects
        if item.kind == "table"
        for column in item.columns
        if column.default
    ]
    wanted += [("(schema)", "function", item.name) for item in own if item.kind == "function"]
    seen = {
        (line["object"], line["kind"], name): line["status"]
        for line in told.to_dict("records")
        for name in line["name"].split(", ")
    }
    unseen = {place for place in wanted if place not in seen}
    # forced on top of "on" is no known text, and so is seen as well
    assert unseen == set()
    for (_, kind, name), status in seen.items():
        unique = name in {"ux_reminders_dedupe_open", "idx_health_scores_unique_id"}
        soft = kind in SOFT or (kind == "index" and not unique)
        soft |= kind == "function" and "trigger_" not in name and "_updated_at" not in name
        assert status == ("warn" if soft else "fail"), (kind, name)


DAMAGES = {
    "trigger for replicas only": (
        "ALTER TABLE vehicles ENABLE REPLICA TRIGGER update_vehicles_updated_at",
        "trigger vehicles update_vehicles_updated_at",
        "fail",
    ),
    "audit trigger": (
        "CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO"
        " audit_log (tenant_id) VALUES (NEW.tenant_id); RETURN NEW; END'; CREATE TRIGGER log_change"
        " AFTER UPDATE ON vehicles FOR EACH ROW EXECUTE FUNCTION note_change()",
        "trigger vehicles log_change",
        "fail",
    ),
    "webhook on a folded table": (
        "CREATE TRIGGER hook AFTER INSERT ON fuel_logs FOR EACH ROW EXECUTE FUNCTION"
        " trigger_refresh_metrics()",
        "trigger fuel_logs hook",
        "fail",
    ),
    "default": (
        "ALTER TABLE reminders ALTER status SET DEFAULT 'done'",
        "default reminders status",
        "fail",
    ),
    "default of a dropped table": (
        "ALTER TABLE plan_limits ALTER max_members SET DEFAULT 3",
        "default plan_limits max_members",
        "fail",
    ),
    "no default any more": (
        "ALTER TABLE reminders ALTER source DROP DEFAULT",
        "definitions reminders",
        "warn",
    ),
    "wider check": (
        "ALTER TABLE reminders DROP CONSTRAINT reminders_priority_check, ADD CONSTRAINT"
        " reminders_priority_check CHECK (priority IN ('low', 'medium', 'high', 'urgent'))",
        "check reminders reminders_priority_check",
        "fail",
    ),
    "new check": (
        "ALTER TABLE users ADD CONSTRAINT \"e-mail\" CHECK (email LIKE '%@%')",
        "check users e-mail",
        "fail",
    ),
    "unique on a folded table": (
        "ALTER TABLE fuel_logs ADD UNIQUE (vehicle_id, transaction_number)",
        "unique fuel_logs fuel_logs_vehicle_id_transaction_number_key",
        "fail",
    ),
    "unique index on a dropped table": (
        "CREATE UNIQUE INDEX one ON uploads (storage_url) WHERE kind <> 'trip_csv'",
        "index uploads one",
        "fail",
    ),
    "policy": (
        "CREATE POLICY all_for_service ON vehicles TO service_role USING (true)",
        "policy vehicles all_for_service",
        "fail",
    ),
    "cascade": (
        "ALTER TABLE vehicles DROP CONSTRAINT vehicles_garage_id_fkey, ADD CONSTRAINT"
        " vehicles_garage_id_fkey FOREIGN KEY (garage_id) REFERENCES garages ON DELETE SET NULL",
        "foreign key vehicles vehicles_garage_id_fkey",
        "fail",
    ),
    "rule": (
        "CREATE RULE keep AS ON DELETE TO vin_cache DO INSTEAD NOTHING",
        "rule vin_cache keep",
        "fail",
    ),
    "trigger that always fires": (
        "ALTER TABLE vehicles ENABLE ALWAYS TRIGGER update_vehicles_updated_at",
        "trigger vehicles update_vehicles_updated_at",
        "fail",
    ),
    "trigger function that does more": (
        "CREATE OR REPLACE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN DELETE FROM vin_cache; RETURN NEW; END'",
        "function (schema) update_updated_at_column()",
        "fail",
    ),
    "forced row level security": (
        "ALTER TABLE garages FORCE ROW LEVEL SECURITY",
        "row level security garages",
        "fail",
    ),
    "exclusion": (
        "ALTER TABLE garages ADD CONSTRAINT apart EXCLUDE USING btree (name WITH =)",
        "exclusion garages apart",
        "fail",
    ),
    "generated column": (
        "ALTER TABLE vehicles DROP COLUMN hero_image_url CASCADE; ALTER TABLE vehicles ADD"
        " hero_image_url text GENERATED ALWAYS AS ('https://x/' || lower(vin)) STORED",
        "generated vehicles hero_image_url",
        "fail",
    ),
    "not null": (
        "UPDATE vehicles SET make = 'x'; ALTER TABLE vehicles ALTER make SET NOT NULL",
        "not null vehicles make",
        "fail",
    ),
    "foreign role": (
        "CREATE ROLE bookkeeping; GRANT SELECT ON vehicles, fuel_logs TO bookkeeping",
        "grant bookkeeping SELECT",
        "fail",
    ),
    "a role with an odd name": (
        'CREATE ROLE "Book \'keeping"; GRANT SELECT ON vehicles TO "Book \'keeping"',
        "grant Book 'keeping SELECT",
        "fail",
    ),
    "everybody": ("GRANT UPDATE ON plan_limits TO PUBLIC", "grant PUBLIC UPDATE", "fail"),
    "one column": (
        "CREATE ROLE reading; GRANT UPDATE (notes) ON vehicles TO reading",
        "grant reading UPDATE of notes",
        "fail",
    ),
    "a role whose name reads like a right on a column": (
        'CREATE ROLE "clerk on notes"; GRANT SELECT ON vehicles TO "clerk on notes"',
        "grant clerk on notes SELECT",
        "fail",
    ),
    "a role that may make objects in the schema": (
        'CREATE ROLE "Depot 7"; GRANT USAGE, CREATE ON SCHEMA public TO "Depot 7"',
        "schema grant (schema) Depot 7",
        "warn",
    ),
    "everybody may make objects in the schema": (
        "GRANT CREATE ON SCHEMA public TO PUBLIC",
        "schema grant (schema) PUBLIC",
        "warn",
    ),
    "plain index": ("CREATE INDEX more ON vehicles (make)", "index vehicles", "warn"),
    "statistics": (
        "CREATE STATISTICS pair ON make, model FROM vehicles",
        "statistics vehicles",
        "warn",
    ),
    "comment": ("COMMENT ON COLUMN vehicles.notes IS 'ask Ann'", "comment vehicles", "warn"),
    "view": (
        "DO $x$ BEGIN EXECUTE 'CREATE OR REPLACE VIEW service_record_stats AS ' || "
        "regexp_replace(pg_get_viewdef('service_record_stats'), "
        "'(service_records[.])?is_verified', '(NOT \\&)'); END $x$",
        "query service_record_stats service_record_stats",
        "warn",
    ),
    "view option": (
        "ALTER VIEW fleet_overview SET (security_invoker = true)",
        "option fleet_overview",
        "warn",
    ),
    "replica identity": (
        "ALTER TABLE vehicles REPLICA IDENTITY FULL",
        "replica identity vehicles",
        "warn",
    ),
    "enum": ("CREATE TYPE mood AS ENUM ('good')", "enum type in the source's schema", "warn"),
}


@pytest.mark.campaign(every=4)
@pytest.mark.parametrize("name", DAMAGES)
def test_by_hand(source: Connection, rebuilt_one: Connection, name: str) -> None:
    statements, subject, status = DAMAGES[name]
    source.execute(statements.encode())
    found = {item.subject: item for item in judged(source, rebuilt_one)}
    assert found[subject].status == status, found[subject]
    others = {item.subject for item in found.values() if item.status == "fail"} - {subject}
    assert others == set()


MEANINGS = [
    ("SELECT a.id FROM a WHERE ((x OR y) AND z)", "SELECT a.id FROM a WHERE (x OR (y AND z))"),
    ("SELECT (miles * 1.609) AS km", "SELECT (miles * 2.609) AS km"),
    ("WHERE (status = 'in progress')", "WHERE (status = 'inprogress')"),
    ("WHERE (kind = 'a.b')", "WHERE (kind = 'b')"),
    ("WHERE (label = '(x)'::text)", "WHERE (label = 'x'::text)"),
]
SAME = [
    ("(status)::text = ANY ((ARRAY['a'::character varying])::text[])", "status = ANY (ARRAY['a'])"),
    ("SELECT vehicles.id,\n    vehicles.vin", "SELECT id, vin"),
    ("round((x)::numeric(10,2), 1)", "round(x, 1)"),
    ('SELECT "Odd".id', "SELECT id"),
]


@pytest.mark.parametrize(("one", "other"), MEANINGS)
def test_a_query_that_means_something_else_is_another(one: str, other: str) -> None:
    assert drop_server_differences(one) != drop_server_differences(other)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_query_as_another_server_writes_it_is_the_same(one: str, other: str) -> None:
    assert drop_server_differences(one) == drop_server_differences(other)


@pytest.mark.parametrize("kind", ["check", "index", "policy", "default"])
def test_spaces_count_in_strings_only(kind: str) -> None:
    text = definition_without_name(kind, "CHECK (a <>\n   'b  c')")
    assert text == "CHECK (a <> 'b  c')"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("wider check", "'high'", "'urgent'"),
        ("cascade", "REFERENCES garages", "SET NULL"),
        ("view", "is_verified", "NOT"),
    ],
)
def test_both_texts_are_told(
    source: Connection, rebuilt_one: Connection, name: str, old: str, new: str
) -> None:
    statements, subject, _ = DAMAGES[name]
    source.execute(statements.encode())
    (told,) = [item for item in judged(source, rebuilt_one) if item.subject == subject]
    assert old in told.expected and new in told.found and told.expected != told.found


def test_an_identity_column_is_lost(source: Connection, rebuilt_one: Connection) -> None:
    source.execute("UPDATE vehicles SET year = 2020 WHERE year IS NULL")
    source.execute("ALTER TABLE vehicles ALTER year DROP DEFAULT, ALTER year SET NOT NULL")
    source.execute("ALTER TABLE vehicles ALTER year ADD GENERATED BY DEFAULT AS IDENTITY")
    found = {item.subject: item for item in judged(source, rebuilt_one)}
    assert found["identity vehicles year"].status == "fail"


def test_an_owner_s_rights_are_no_grant(source: Connection, rebuilt_one: Connection) -> None:
    source.execute("CREATE ROLE landlord; ALTER TABLE vehicles OWNER TO landlord")
    source.execute("GRANT ALL ON vehicles TO landlord")
    assert [item for item in judged(source, rebuilt_one) if item.status == "fail"] == []


def test_a_right_on_a_column_counts_for_that_column(
    source: Connection, rebuilt_one: Connection
) -> None:
    """The role may write two columns of the rebuilt table."""
    with rebuilt_one.transaction(force_rollback=True):
        rebuilt_one.execute('CREATE ROLE "clerk on duty"')
        rebuilt_one.execute(
            'GRANT SELECT, UPDATE (notes, vin) ON public.vehicles TO "clerk on duty"'
        )
        before = described(source)
        held = [
            Definition("column grant", "clerk on duty on id", "UPDATE"),
            Definition("column grant", "clerk on duty on notes", "SELECT, UPDATE"),
            Definition("column grant", "clerk on duty on vin", "UPDATE WITH GRANT OPTION"),
        ]
        objects = tuple(
            replace(item, definitions=(*item.definitions, *held))
            if item.name == "vehicles"
            else item
            for item in before.objects
        )
        found = reconcile.compare_definitions(rebuilt_one, replace(before, objects=objects))
    assert {item.subject for item in found if item.status == "fail"} == {
        "grant clerk on duty UPDATE of id",
        "grant clerk on duty UPDATE WITH GRANT OPTION of vin",
    }


def test_a_right_that_may_be_handed_on_says_so(source: Connection) -> None:
    source.execute("CREATE ROLE handing; GRANT UPDATE (notes) ON vehicles TO handing")
    source.execute("GRANT UPDATE (vin) ON vehicles TO handing WITH GRANT OPTION")
    (item,) = [item for item in described(source).objects if item.name == "vehicles"]
    assert {(one.name, one.text) for one in item.texts("column grant")} == {
        ("handing on notes", "UPDATE"),
        ("handing on vin", "UPDATE WITH GRANT OPTION"),
    }


HARMLESS = (
    'CREATE ROLE "Depot 8"; GRANT USAGE ON SCHEMA public TO "Depot 8"',
    "CREATE ROLE keeper SUPERUSER; GRANT CREATE ON SCHEMA public TO keeper",
    "CREATE ROLE landlady; GRANT CREATE ON SCHEMA public TO landlady;"
    "ALTER TABLE vehicles OWNER TO landlady",
)


@pytest.mark.parametrize("statements", HARMLESS)
def test_a_right_on_the_schema_that_opens_nothing_is_no_warning(
    source: Connection, rebuilt_one: Connection, statements: str
) -> None:
    source.execute(statements.encode())
    assert not [item for item in judged(source, rebuilt_one) if "schema grant" in item.subject]


UNCOMPARED = """
CREATE TYPE "Fuel Kind" AS ENUM ('e10');
CREATE DOMAIN plate AS text;
CREATE AGGREGATE longest (text) (sfunc = textcat, stype = text);
CREATE TEXT SEARCH CONFIGURATION parts (COPY = simple);
CREATE COLLATION plain FROM "C";
CREATE TYPE pair AS (a integer, b integer);
CREATE TYPE miles_between AS RANGE (subtype = integer)
"""


def test_kinds_that_nothing_compares_are_counted_and_named(
    source: Connection, rebuilt_one: Connection
) -> None:
    assert not [item for item in judged(source, rebuilt_one) if "source's schema" in item.subject]
    source.execute(UNCOMPARED.encode())
    source.execute("CREATE DOMAIN code AS integer")
    found = {
        item.subject.removesuffix(" in the source's schema"): (item.found, item.status)
        for item in judged(source, rebuilt_one)
        if item.subject.endswith(" in the source's schema")
    }
    assert found.pop("domain") == ("2: code, plate", "warn")
    assert found.pop("enum type") == ("1: Fuel Kind", "warn")
    assert found.pop("composite type") == ("1: pair", "warn")
    assert {status for _, status in found.values()} == {"warn"}
    assert {"aggregate", "text search configuration", "collation", "range type"} <= set(found)


def test_a_source_without_definitions_says_so(rebuilt_one: Connection) -> None:
    known = loads.MANIFESTS["sample"]
    bare = replace(known, source={**known.source, "kind": "json"})
    found = reconcile.compare_definitions(rebuilt_one, bare)
    assert [(item.subject, item.status) for item in found] == [("all definitions", "note")]


def test_a_lost_successor_is_named(server: Server, source: Connection) -> None:
    with in_shared(server, loads.loaded_template(server, "sample")) as rebuilt:
        rebuilt.execute("DROP TRIGGER row_2_touch ON public.garages")
        found = {item.subject: item for item in judged(source, rebuilt)}
    lost = found["trigger garages update_garages_updated_at"]
    assert lost.status == "fail"
    assert "public.garages trigger row_2_touch" in lost.detail
