"""Values at the ends of their types, one at a time, through every stage: none stops a run.

What the target takes is carried over equal; what breaks a rule of the target is in quarantine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import pytest
from conftest import clone
from psycopg import sql
from psycopg.errors import CheckViolation

from motomind_nb import legacy, reconcile, runs
from motomind_nb.desk import opening
from motomind_nb.postgres import Connection, Server, connect, rows
from motomind_nb.stages import read_stage_findings

COLUMNS = b"""
SELECT c.relname AS object, a.attname AS name, format_type(a.atttypid, NULL) AS type
FROM pg_attribute AS a INNER JOIN pg_class AS c ON c.oid = a.attrelid
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum
"""
TABLES = (*legacy.catalog.KEPT, *legacy.catalog.FOLDED)
DATES = ("infinity", "-infinity", "0753-04-21 BC", "12345-06-07", "5874897-12-31", "4713-01-01 BC")
MOMENTS = (
    "infinity",
    "-infinity",
    "0753-04-21 06:00:00.000001+00 BC",
    "12345-06-07 08:09:10.111213+00",
    "294276-12-31 23:59:59.999999+00",
)
VALUES = {
    "date": DATES,
    "timestamp with time zone": MOMENTS,
    "time without time zone": ("24:00:00", "23:59:59.999999", "00:00:00.000001"),
    "numeric": ("NaN",),
    "double precision": ("NaN", "Infinity", "-Infinity", "1e308", "5e-324"),
    "integer": ("2147483647", "-2147483648"),
    "jsonb": ('{"kind": "k", "doc_type": "d", "total_amount": 1e400, "gallons": 1e-400}',),
}
# the values that a rule of the target refuses; all others must be loaded, and equal
EVENT_DATES = {("odometer_readings", "reading_date"), ("fuel_logs", "date")} | {
    ("service_records", "service_date")
}
NO_YEAR = ("infinity", "-infinity", "0753-04-21 BC", "4713-01-01 BC")


def is_refused(table: str, column: str, text: str) -> bool:
    """Whether a rule of the target puts a row with this value into quarantine."""
    if (table, column) in EVENT_DATES:
        return text in NO_YEAR
    return text == "NaN" and table in ("fuel_logs", "service_records")


def insert_each(connection: Connection) -> dict[str, tuple[str, str, str]]:
    """Insert a copy of a row for each column and value; return what was inserted, by id."""
    held: dict[str, list[dict[str, str]]] = {}
    for column in rows(connection, COLUMNS):
        held.setdefault(column["object"], []).append(column)
    made: dict[str, tuple[str, str, str]] = {}
    for table in TABLES:
        for column in held[table]:
            for text in VALUES.get(column["type"], ()):
                ident = f"e7000000-0000-4000-8000-{len(made):012d}"
                changes = {
                    "id": sql.Literal(ident),
                    "email": sql.Literal(f"{len(made)}@example.net"),
                    "dedupe_key": sql.NULL,
                    "vin": sql.NULL,
                    column["name"]: sql.Literal(text),
                }
                if insert(connection, table, [one["name"] for one in held[table]], changes):
                    made[ident] = (table, column["name"], text)
    connection.execute(
        "INSERT INTO memberships (tenant_id, user_id, role) SELECT t.id, u.id, 'viewer'"
        " FROM users AS u CROSS JOIN (SELECT id FROM tenants ORDER BY id LIMIT 1) AS t"
        " WHERE u.id::text LIKE 'e7%'"
    )
    return made


def insert(
    connection: Connection, table: str, names: list[str], changes: dict[str, sql.Composable]
) -> bool:
    """Insert a changed copy of a table's first row, unless a rule of the legacy schema refuses."""
    statement = sql.SQL(
        "INSERT INTO {0} ({1}) SELECT {2} FROM {0} AS t"
        " WHERE id = (SELECT min(id::text)::uuid FROM {0})"
    ).format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(changes.get(name, sql.Identifier(name)) for name in names),
    )
    connection.execute("SAVEPOINT each")
    try:
        found = connection.execute(statement)
    except CheckViolation:
        connection.execute("ROLLBACK TO SAVEPOINT each")
        return False
    return found.rowcount == 1


class Audited(NamedTuple):
    """What was inserted (table, column, value by id), the run through all stages, its findings."""

    made: dict[str, tuple[str, str, str]]
    run: runs.Run
    found: pd.DataFrame


@pytest.fixture(scope="module")
def audited(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    """The audit of a source that holds each value in each column that may hold it."""
    server.new_database("extreme_source")
    with connect(server.conninfo("extreme_source")) as connection:
        legacy.create_sample(connection, "sample")
        made = insert_each(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(runs.SOCKET_VARIABLE, str(server.socket))
        patch.setenv("EXTREME", server.conninfo("extreme_source"))
        folder = tmp_path_factory.mktemp("extreme") / "run"
        made_run = runs.create_run(folder, runs.Source.parse("env:EXTREME"), runs.Embedded())
        run = replace(made_run, database_name="extreme_target")
        run.note(database_name=run.database_name)
        server.new_database(run.database_name)
        for notebook in runs.NOTEBOOKS:
            opening.run_stage_without_notebook(run, notebook)
        yield Audited(made, run, read_stage_findings(run))
        server.drop_database(run.database_name)
    server.drop_database("extreme_source")


def test_each_kind_of_value_is_tried(audited: Audited) -> None:
    made = audited.made
    assert len(made) > 150
    assert {table for table, _, _ in made.values()} == set(TABLES)
    tried = {text for _, _, text in made.values()}
    assert tried == {text for texts in VALUES.values() for text in texts}


def test_only_what_a_rule_of_the_target_refuses_is_in_quarantine(audited: Audited) -> None:
    made, run, _ = audited
    with run.connect() as connection:
        held = {
            row["id"] for row in rows(connection, b"SELECT source_id AS id FROM audit.quarantine")
        }
    assert {made[ident] for ident in held} == {one for one in made.values() if is_refused(*one)}


def test_all_else_is_carried_over_and_nothing_else_fails(audited: Audited) -> None:
    made, run, found = audited
    failed = found[found["status"] == "fail"]
    assert set(failed["check"]) == {"quarantine", "mileage equal"}
    quarantined = failed[failed["check"] == "quarantine"]
    assert quarantined["rows"].astype(int).sum() == sum(is_refused(*one) for one in made.values())
    with run.connect() as connection:
        miles = rows(
            connection,
            b"SELECT manufacturer_mpg::text AS mpg FROM public.vehicles"
            b" WHERE manufacturer_mpg = 'NaN'",
        )
    assert [row["mpg"] for row in miles] == ["NaN"]


def test_a_changed_infinity_is_found(audited: Audited, server: Server) -> None:
    _, run, _ = audited
    for conninfo in clone(server, run.database_name):
        with connect(conninfo) as connection:
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute(
                "UPDATE public.vehicles SET deleted_at = '12345-06-07'"
                " WHERE deleted_at = 'infinity'"
            )
            found = reconcile.differences(connection)
    assert found["column_name"].tolist() == ["deleted_at"]
    assert found["before"].tolist() == ['"infinity"']
