"""The same SQL between other schemas: from public into next, as the migration in place does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import clone, template
from loads import MANIFESTS, loaded_template

from motomind_nb import legacy, load, mileage, postgres, rebuilt, reconcile
from motomind_nb.core import PACKAGE, Finding, packaged_folder
from motomind_nb.postgres import (
    Connection,
    Schemas,
    Server,
    compose_sql_file,
    connect,
    query,
    rows,
    value,
)

IN_PLACE = Schemas(source="public", target="next")
TABLES = ("tenants", "users", "garages", "vehicles", "vehicle_images", "reminders")


def build_beside(connection: Connection) -> None:
    """Load the legacy objects of schema public into a schema next beside them."""
    connection.execute("CREATE SCHEMA next")
    rebuilt.create_audit(connection)
    rebuilt.create_tables(connection, load.event_years(connection))
    load.load_staged_rows(connection)
    rebuilt.add_keys_and_rules(connection)


@pytest.fixture(scope="module", params=["sample", "traps"])
def both(request: pytest.FixtureRequest, server: Server) -> Iterator[tuple[Connection, Connection]]:
    """A connection to legacy and public, and one to public and next, over the same rows."""

    def fill(conninfo: str) -> None:
        with connect(conninfo, schemas=IN_PLACE) as connection:
            legacy.create_sample(connection, request.param)
            build_beside(connection)

    beside = template(server, f"template_beside_{request.param}", fill)
    for usual in clone(server, loaded_template(server, request.param)):
        for conninfo in clone(server, beside):
            with connect(usual) as first, connect(conninfo, schemas=IN_PLACE) as second:
                yield first, second


def test_the_loaded_rows_are_the_same(both: tuple[Connection, Connection]) -> None:
    usual, beside = both
    for table in (*TABLES, "vehicle_events"):
        found = [postgres.fingerprint(one, postgres.in_target(table)) for one in both]
        assert found[0] == found[1], table
        assert found[0][0] > 0 or table == "vehicle_images"
    counts = "SELECT count(*) FROM audit.quarantine"
    assert value(usual, counts) == value(beside, counts)


def said(items: list[Finding], schemas: Schemas) -> list[tuple[str, ...]]:
    """Findings as they read between the usual schemas, fingerprints of the stage left out."""
    named = {schemas.source: "legacy", schemas.target: "public"}
    pattern = re.compile(rf"\b({schemas.source}|{schemas.target})\.")
    return sorted(
        tuple(
            pattern.sub(lambda found: f"{named[found[1]]}.", text)
            for text in map(str, item.row()[:6])
        )
        for item in items
        if item.check != "staged" and not item.check.startswith("ledger")
    )


def test_the_comparison_says_the_same(both: tuple[Connection, Connection]) -> None:
    usual, beside = both
    before = next(iter(MANIFESTS.values()))  # what it says of the source is left out
    expected = said(reconcile.compare_rows(usual, before).findings, usual.schemas)
    assert len(expected) > 30
    assert said(reconcile.compare_rows(beside, before).findings, IN_PLACE) == expected
    ledgers = [reconcile.ledger(one, before).drop(columns="source_rows") for one in both]
    assert ledgers[0].to_dict("records") == ledgers[1].to_dict("records")


def test_the_mileage_is_the_same(both: tuple[Connection, Connection]) -> None:
    usual, beside = (mileage.audit(one, "run", mileage.Rules()) for one in both)
    assert usual.vehicles.equals(beside.vehicles) and len(usual.vehicles) >= 5
    assert [item.row() for item in usual.findings] == [item.row() for item in beside.findings]


def test_what_is_built_beside_follows_when_the_schema_takes_its_name(
    both: tuple[Connection, Connection],
) -> None:
    """Partitions, their maker and the readings in force are bound by identity, not by name."""
    _, beside = both
    with beside.transaction(force_rollback=True):
        beside.execute("ALTER SCHEMA public RENAME TO before")
        beside.execute("ALTER SCHEMA next RENAME TO public")
        made = rows(beside, "SELECT private.create_partitions(1987)::text AS partition")
        assert made == [{"partition": "vehicle_events_1987"}]
        assert value(beside, "SELECT count(*) FROM private.reading") > 0


@pytest.mark.parametrize(
    "path", sorted((packaged_folder("schema") / "target" / "beside").glob("*.sql"))
)
def test_no_text_of_what_is_built_beside_names_a_schema(path: Path) -> None:
    """A function's body is text: no rename follows it, so it must not say what the schema is."""
    for body in re.findall(r"AS (\$\w*\$)(.*?)\1", path.read_text(), flags=re.DOTALL):
        assert "{target}" not in body[1] and "{source}" not in body[1]
        assert not re.search(r"\b(public|legacy|next)\.", body[1])


FINAL_NAMES = ("legacy_", "_legacy", "legacy source", "legacy rule", "public_url")
ROOMS = ("load", "reconcile", "mileage", "profile", "rebuilt", "stages", "desk", "staging")


@pytest.mark.parametrize(
    "path",
    [
        *(path for room in ROOMS for path in sorted((PACKAGE / room / "sql").rglob("*.sql"))),
        *sorted((packaged_folder("schema") / "target").rglob("*.sql")),
    ],
    ids=lambda path: "/".join(path.parts[-3:]),
)
def test_no_query_names_the_schemas_itself(path: Path) -> None:
    lines = [line for line in path.read_text().splitlines() if not line.strip().startswith("--")]
    named = re.compile(r"(?<![\w.])(public|legacy)(?=\.|')|SCHEMA (public|legacy)\b")
    found = [line for line in lines if named.search(line)]
    assert found == [] or "original" in path.parts


def test_a_schema_has_a_plain_name() -> None:
    odd = ("", "Public", 'a"b', "a.b", "a;DROP", "x" * 64, "1st", "naïve")
    taken = ("user", "order", "left", "pg_catalog", "private", "audit", "information_schema")
    for name in (*odd, *taken):
        with pytest.raises(ValueError, match="plain lower-case"):
            Schemas(target=name)
        with pytest.raises(ValueError, match="plain lower-case"):
            Schemas(source=name)
    with pytest.raises(ValueError, match="both"):
        Schemas("public", "public")


def test_the_schemas_are_those_of_the_connection(empty_database: str, tmp_path: Path) -> None:
    file = tmp_path / "file.sql"
    file.write_text("-- {source} stays\nSELECT '{source}' AS source, '{target}' AS target, '{{}}'")
    with connect(empty_database, schemas=IN_PLACE) as one, connect(empty_database) as other:
        assert one.execute(compose_sql_file(file)).fetchone() == ("public", "next", "{}")
        assert other.execute(compose_sql_file(file)).fetchone() == ("legacy", "public", "{}")
        text = query("load/years").as_string(one)
        assert "public.vehicle_events" in text and "{" not in text
