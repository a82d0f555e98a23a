"""What the comparison of rows asks the server: nothing twice, few joins over all events."""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import clone, template
from loads import load_staged

from motomind_nb import backup, legacy, reconcile, staging
from motomind_nb.postgres import Connection, Server, connect

EVENTS, VEHICLES = 3000, 12
RECORD = re.compile(
    r"LOG:  (?:statement|execute [^:]*): (.*?)(?=^\d{4}-\d\d-\d\d |\Z)", re.DOTALL | re.MULTILINE
)
COPIED = re.compile(r"(?:--[^\n]*\n)*COPY \((.*)\) TO STDOUT[^)]*\)?\s*$", re.DOTALL)
# what is asked of the catalog, or of a table without reading a row
CHEAP = re.compile(
    r"\bLIMIT 0\s*$|to_regclass|pg_catalog\.|^(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|SET)"
)


@pytest.fixture(scope="module")
def fleet(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A template database with a generated fleet staged and loaded, and its backup."""
    folder = tmp_path_factory.mktemp("fleet")

    def generate(conninfo: str) -> None:
        with connect(conninfo) as connection:
            legacy.generate(connection, legacy.Plan(VEHICLES, EVENTS), folder / "truth.csv.gz")

    def load(conninfo: str) -> None:
        source = template(server, "template_source_fleet", generate)
        backup.take_backup(server.conninfo(source), folder / "backup")
        with connect(conninfo) as connection:
            staging.restore_backup(connection, folder / "backup")
            load_staged(connection)
        with connect(conninfo, autocommit=True) as connection:
            connection.execute("ANALYZE")

    return template(server, "template_loaded_fleet", load), folder / "backup"


@pytest.fixture
def loaded(server: Server, fleet: tuple[str, Path]) -> Iterator[Connection]:
    """A connection to the loaded fleet."""
    for conninfo in clone(server, fleet[0]):
        with connect(conninfo) as connection:
            yield connection


def asked(server: Server, connection: Connection, held: backup.Manifest, folder: Path) -> list[str]:
    """The statements that one comparison of rows sends, its files included."""
    log, mark = server.data / "server.log", str(uuid.uuid4())
    connection.execute("SET log_statement TO 'all'")
    connection.execute(f"SELECT '{mark}'".encode())
    compared = reconcile.compare_rows(connection, held)
    reconcile.write_differences(connection, folder / "differences.csv", compared.differing)
    reconcile.write_lineage(connection, folder / "lineage.csv")
    reconcile.write_rows_of_findings(connection, folder / "found_rows.csv", compared)
    connection.execute("SET log_statement TO 'none'")
    text = log.read_text(errors="replace").rpartition(mark)[2]
    return [found.strip() for found in RECORD.findall(text)]


def large_full_joins(plan: dict[str, Any]) -> int:
    """How many FULL JOINs of a plan read a third of all events or more on one side."""
    parts = plan.get("Plans", [])
    large = max((part["Plan Rows"] for part in parts), default=0) > EVENTS / 3
    own = plan.get("Join Type") == "Full" and large
    return own + sum(map(large_full_joins, parts))


def test_nothing_is_asked_twice_and_few_joins_read_all_events(
    server: Server, loaded: Connection, fleet: tuple[str, Path], tmp_path: Path
) -> None:
    found = asked(server, loaded, backup.read_manifest(fleet[1]), tmp_path)
    counted = Counter(text for text in found if not CHEAP.search(text))
    again = [text for text, times in counted.items() if times > 1 and "vehicle_events" in text]
    assert not again
    projected = [text for text in counted if "'price_per_gallon', f.price_per_gallon" in text]
    assert len(projected) == 1
    number = 0
    for text in counted:
        if "FULL JOIN" in text and "$1" not in text:
            read = COPIED.sub(r"\1", text)
            (row,) = loaded.execute(f"EXPLAIN (FORMAT JSON) {read}".encode()).fetchall()
            number += large_full_joins(json.loads(json.dumps(row[0]))[0]["Plan"])
    assert 2 <= number <= 4


def test_a_table_that_differs_is_asked_about_and_no_other(
    server: Server, loaded: Connection, fleet: tuple[str, Path], tmp_path: Path
) -> None:
    loaded.execute("SET session_replication_role TO replica")
    loaded.execute("UPDATE public.garages SET name = name || ' '")
    found = asked(server, loaded, backup.read_manifest(fleet[1]), tmp_path)
    cells = [text for text in found if "jsonb_each(pair.before)" in text]
    assert len(cells) == 2 and all("'garages'" in text for text in cells)
    assert (tmp_path / "differences.csv").read_text().count("\n") > 1
