"""Each projection turns the rows of its case into the rows beside them, and refuses none.

A case is a folder below tests/load/cases, named for the source: ``in.json`` holds rows of the staged
tables, ``out.json`` the rows that the projection makes of its source, in the order of their keys.
``MOTOMIND_WRITE_CASES=1`` writes the out files anew; read them before keeping them.
"""

# ruff: noqa: E501 - a query reads best on one line

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import in_shared, template
from loads import staged_template

from motomind_nb import load
from motomind_nb.legacy import catalog
from motomind_nb.load import quarantine
from motomind_nb.postgres import Connection, Server, connect
from motomind_nb.postgres.queries import compose

CASES = Path(__file__).parent / "cases"
PROJECTIONS = {projection.source: projection for projection in load.projections()}
ROWS = "SELECT to_jsonb(p.*) FROM ({projection}) AS p ORDER BY to_jsonb(p.*) -> 'user_id', to_jsonb(p.*) -> 'id', 1"


@pytest.fixture
def staged(server: Server) -> Iterator[Connection]:
    """A connection to the staged tables without rows."""
    full = staged_template(server, "sample")
    name = "template_staged_empty"
    if name not in server.databases():
        with connect(server.create_database(name, full)) as connection:
            tables = ", ".join(f"legacy.{table}" for table in catalog.tables())
            connection.execute(f"TRUNCATE {tables}")
    with in_shared(server, template(server, name, lambda _: None)) as connection:
        yield connection


def case(source: str, side: str) -> Any:
    """One side of a case."""
    return json.loads((CASES / source / f"{side}.json").read_text())


def fill(connection: Connection, source: str) -> None:
    """Write the rows of a case, none of which may be refused; the legacy checks do not matter."""
    connection.execute(
        "ALTER TABLE legacy.vehicles DROP CONSTRAINT IF EXISTS chk_vehicles_display_name_not_empty"
    )
    for table, rows in case(source, "in").items():
        connection.execute(
            f"INSERT INTO legacy.{table} SELECT * FROM jsonb_populate_recordset(NULL::legacy.{table}, %s)",
            (json.dumps(rows),),
        )
    quarantine.quarantine_refused_rows(connection)


@pytest.mark.parametrize("source", PROJECTIONS)
def test_rows_in_rows_out(staged: Connection, source: str) -> None:
    fill(staged, source)
    assert (
        staged.execute(
            "SELECT source_id, reason FROM audit.quarantine WHERE source_table = %s", (source,)
        ).fetchall()
        == []
    )
    found = staged.execute(compose(ROWS, projection=PROJECTIONS[source].select)).fetchall()
    made = [row[0] for row in found]
    if os.environ.get("MOTOMIND_WRITE_CASES"):
        text = json.dumps(made, indent=1, ensure_ascii=False)
        (CASES / source / "out.json").write_text(text + "\n")
    assert made == json.loads((CASES / source / "out.json").read_text())


@pytest.mark.parametrize("source", catalog.FOLDED)
def test_the_payload_holds_every_key_of_the_catalog(staged: Connection, source: str) -> None:
    fill(staged, source)
    rows = staged.execute(compose(ROWS, projection=PROJECTIONS[source].select)).fetchall()
    for (row,) in rows:
        keys = catalog.payload_keys(source)
        assert set(row["payload"]) == set(keys)
        assert {key: row["payload"][key] for key in keys} == {
            key: row["legacy_row"][column] for key, column in keys.items()
        }


def test_every_column_of_a_kept_table_keeps_its_value(staged: Connection) -> None:
    for source in ("tenants", "garages", "vehicles", "vehicle_images", "reminders"):
        connection = staged
        connection.execute("SAVEPOINT case_of_its_own")
        fill(connection, source)
        made = {
            row["id"]: row
            for (row,) in connection.execute(
                compose(ROWS, projection=PROJECTIONS[source].select)
            ).fetchall()
        }
        for old in json.loads((CASES / source / "in.json").read_text())[source]:
            for column in catalog.objects()[source].columns:
                if column.fate in ("kept", "renamed") and (source, column.name) != (
                    "vehicles",
                    "display_name",
                ):
                    assert made[old["id"]][column.targets[0]] == old[column.name], column
        connection.execute("ROLLBACK TO case_of_its_own")


def test_the_catalog_and_the_projection_map_statuses_alike(staged: Connection) -> None:
    fill(staged, "reminders")
    made = dict(
        staged.execute(
            compose(
                "SELECT s.status, p.status FROM ({projection}) AS p JOIN legacy.reminders AS s USING (id)",
                projection=PROJECTIONS["reminders"].select,
            )
        ).fetchall()
    )
    assert made == catalog.objects()["reminders"].column("status").values
