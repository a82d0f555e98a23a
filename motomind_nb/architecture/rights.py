"""Rights: what each role of the API may do, compared both ways with schema/target/rights.csv.

Each right is looked up as granted, and each of SELECT, INSERT, UPDATE, DELETE and TRUNCATE is
also tried as the role: a grant on a view in a schema without USAGE exists and still cannot be
used by name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pandas
import psycopg

from motomind_nb import resources, sql
from motomind_nb.database import Connection, Row, rows

ROLES = ("anon", "authenticated", "service_role")
TRIED = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
COLUMNS = ("kind", "object", "role", "command", "expected", "granted", "works", "status")
Right = tuple[str, str, str, str]


def rights(connection: Connection) -> pandas.DataFrame:
    """Return one row for each object, role and command, expected and live.

    Reads only: what is tried is rolled back. The partitions of vehicle_events are one object.
    Columns: kind (relation, function, schema), object, role, command, expected (yes, no, or
    unknown for an object that rights.csv lacks), granted (yes, no, or missing for an object that
    the database lacks), works (yes, no, or empty where it cannot be tried), status (ok, fail).
    """
    expected, granted = declared(), live(connection)
    works = attempts(connection, sorted({key[1] for key in expected if key[0] == "relation"}))
    records = [
        _row(key, expected, granted, works.get(key[1:]))
        for key in sorted({*every(expected), *granted}, key=_order)
    ]
    return pandas.DataFrame(records, columns=list(COLUMNS))


def matrix(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Return the granted commands of ``rights``' frame, one row an object, one column a role."""
    given = frame.assign(command=frame.command.where(frame.granted == "yes"))
    grouped = given.groupby(["object", "role"], sort=False).command
    return grouped.agg(lambda commands: ", ".join(commands.dropna())).unstack("role")


def declared() -> dict[tuple[str, str], dict[str, set[str]]]:
    """Return rights.csv: by kind and object, for each role the commands it may use."""
    path = resources.folder("schema") / "target" / "rights.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["kind"], row["object"]): {role: set(row[role].split()) for role in ROLES}
            for row in csv.DictReader(file)
        }


def live(connection: Connection) -> dict[Right, bool]:
    """Return the rights as granted in the database. Reads only."""
    found = rows(connection, sql.query("architecture/rights"))
    return {
        (row["kind"], row["object"], row["role"], row["command"]): row["granted"] for row in found
    }


def every(expected: dict[tuple[str, str], dict[str, set[str]]]) -> Iterator[Right]:
    """Yield each right that the file allows."""
    for (kind, name), roles in expected.items():
        for role, commands in roles.items():
            yield from ((kind, name, role, command) for command in commands)


def attempts(connection: Connection, objects: list[str]) -> dict[tuple[str, str, str], bool]:
    """Try each command on each relation as each role; return what worked.

    Writes nothing that stays. A role that this session cannot become is left out.
    """
    tried: dict[tuple[str, str, str], bool] = {}
    with connection.transaction(force_rollback=True):
        relations = rows(connection, sql.query("architecture/tryable"), {"objects": objects})
        for role in ROLES:
            if not _works(connection, sql.query("architecture/try/role", role=role)):
                continue
            for relation in relations:
                for command in TRIED:
                    key = (relation["object"], role, command)
                    tried[key] = tried.get(key, False) or _try(connection, relation, role, command)
    return tried


def _try(connection: Connection, relation: Row, role: str, command: str) -> bool:
    """Return whether a role's command on a relation succeeds; roll it back."""
    holes: dict[str, sql.Name] = {"relation": (relation["schema"], relation["name"])}
    if command == "UPDATE":
        holes["column"] = relation["first_column"]
    become = sql.query("architecture/try/role", role=role)
    return _works(connection, become, sql.query(f"architecture/try/{command.lower()}", **holes))


def _works(connection: Connection, *statements: sql.Query) -> bool:
    """Return whether the statements succeed, and roll them back."""
    try:
        with connection.transaction(force_rollback=True):
            for statement in statements:
                connection.execute(statement)
    except psycopg.Error:
        return False
    return True


def _order(key: Right) -> tuple[int, str, str, int, str]:
    """Return the place of a right: relations first, then the order of the commands."""
    kind, name, role, command = key
    position = TRIED.index(command) if command in TRIED else len(TRIED)
    return ("relation", "function", "schema").index(kind), name, role, position, command


def _row(
    key: Right,
    expected: dict[tuple[str, str], dict[str, set[str]]],
    granted: dict[Right, bool],
    works: bool | None,
) -> tuple[str, ...]:
    """Return one row of the frame."""
    kind, name, role, command = key
    allowed = expected.get((kind, name))
    wanted = "unknown" if allowed is None else _yes(command in allowed[role])
    has = _yes(granted[key]) if key in granted else "missing"
    usable = name.startswith("public.") and wanted == "yes"
    good = wanted == has and (works is None or works == usable)
    done = "" if works is None else _yes(works)
    return kind, name, role, command, wanted, has, done, "ok" if good else "fail"


def _yes(condition: bool) -> str:
    return "yes" if condition else "no"
