"""Rights: what each role of the API may do, compared both ways with schema/target/rights.csv.

Each right is looked up as granted, and each of SELECT, INSERT, UPDATE, DELETE and TRUNCATE is
also tried as the role: a grant on a view in a schema without USAGE exists and still cannot be
used by name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import psycopg
from psycopg.sql import Composed
from psycopg.types.json import Jsonb

from motomind_nb.core import resources
from motomind_nb.postgres import (
    API_ROLES,
    OF_THE_SERVER,
    Connection,
    Name,
    Row,
    Schemas,
    query,
    raise_outage,
    rows,
    value,
)

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("relation", "column", "function", "schema")
TRIED = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
# how the SQLSTATE of an error begins after which nobody knows whether a right is there
STOPS = (*OF_THE_SERVER, psycopg.errors.LockNotAvailable.sqlstate)
COLUMNS = ("kind", "object", "role", "command", "expected", "granted", "works", "status")


class Subject(NamedTuple):
    """What rights are given on: its kind (relation, column, function, schema) and its name."""

    kind: str
    name: str


class Right(NamedTuple):
    """What one role may do to one subject by one command."""

    kind: str
    object: str
    role: str
    command: str

    @property
    def subject(self) -> Subject:
        """What the right is given on."""
        return Subject(self.kind, self.object)


Declared = dict[Subject, dict[str, set[str]]]


def compare_rights(connection: Connection) -> pd.DataFrame:
    """Return one row for each object, role and command, expected and live.

    Reads only: what is tried is rolled back. The partitions of vehicle_events are one object.
    Columns: kind (relation, column, function, schema), object, role, command, expected (yes, no, or
    unknown for an object that rights.csv lacks), granted (yes, no, or missing for an object that
    the database lacks), works (yes, no, or empty where it cannot be tried), status (ok, fail).
    """
    import pandas as pd

    expected = expected_rights(connection.schemas)
    granted = granted_rights(connection, expected)
    works = try_commands(connection, _names(expected, "relation"))
    records = [
        _row(right, expected, granted, works.get(right))
        for right in sorted({*allowed_rights(expected), *granted}, key=_order)
    ]
    return pd.DataFrame(records, columns=list(COLUMNS))


def no_rights() -> pd.DataFrame:
    """Return the frame of ``compare_rights`` without a row: nothing could be compared."""
    import pandas as pd

    return pd.DataFrame(columns=list(COLUMNS))


def rights_by_role(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the granted commands of ``rights``' frame, one row an object, one column a role."""
    given = frame.assign(command=frame.command.where(frame.granted == "yes"))
    grouped = given.groupby(["object", "role"], sort=False).command
    return grouped.agg(lambda commands: ", ".join(commands.dropna())).unstack("role")


def expected_rights(schemas: Schemas) -> Declared:
    """Return rights.csv: by kind and object, for each role the commands it may use.

    The file names schemas by their final names; here they are those of the connection.
    """
    path = resources.packaged_folder("schema") / "target" / "rights.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            Subject(row["kind"], _named(row["object"], schemas)): {
                role: set(row[role].split()) for role in API_ROLES
            }
            for row in csv.DictReader(file)
        }


def granted_rights(connection: Connection, expected: Declared) -> dict[Right, bool]:
    """Return the rights as granted in the database, on columns those that the file names.

    Reads only.
    """
    statement = query("rebuilt/architecture/rights")
    found = rows(connection, statement, {"columns": _names(expected, "column")})
    return {
        Right(row["kind"], row["object"], row["role"], row["command"]): row["granted"]
        for row in found
    }


def _names(expected: Declared, kind: str) -> list[str]:
    """Return the names of the subjects of one kind, sorted."""
    return sorted(subject.name for subject in expected if subject.kind == kind)


def allowed_rights(expected: Declared) -> Iterator[Right]:
    """Yield each right that the file allows."""
    for (kind, name), roles in expected.items():
        for role, commands in roles.items():
            yield from (Right(kind, name, role, command) for command in commands)


def try_commands(connection: Connection, objects: list[str]) -> dict[Right, bool]:
    """Try each command on each relation as each role; return what worked.

    Writes nothing that stays. A role that this session cannot become is left out.
    Raises: psycopg.Error when a command was stopped: that is no refusal, and would count as one.
    """
    tried: dict[Right, bool] = {}
    with connection.transaction(force_rollback=True):
        for role in API_ROLES:
            if _can_become(connection, role):
                names = {"objects": objects, "role": role}
                relations = rows(connection, query("rebuilt/architecture/tryable"), names)
                for right, works in _tried_as(connection, role, relations):
                    tried[right] = tried.get(right, False) or works
    return tried


def _tried_as(
    connection: Connection, role: str, relations: list[Row]
) -> Iterator[tuple[Right, bool]]:
    """Yield what one role may do to each relation; the server tries all of it in one statement."""
    asked = [(relation, command) for relation in relations for command in TRIED]
    commands = [_statement(*one).as_string(connection) for one in asked]
    facts = Jsonb({"commands": commands, "stops": STOPS})
    connection.execute(query("rebuilt/architecture/try/ask"), {"tried": facts})
    try:
        connection.execute(query("rebuilt/architecture/try/all", role=role))
    except psycopg.Error as error:
        raise_outage(error)
        raise
    works = value(connection, query("rebuilt/architecture/try/works"))
    for (relation, command), answer in zip(asked, works, strict=True):
        yield Right("relation", relation["object"], role, command), answer == "t"


def _statement(relation: Row, command: str) -> Composed:
    """Return a command on a relation that touches no row."""
    holes: dict[str, Name] = {"relation": (relation["schema"], relation["name"])}
    if command in ("INSERT", "UPDATE"):
        holes["column"] = relation[command.lower()]
    return query(f"rebuilt/architecture/try/{command.lower()}", **holes)


def _named(name: str, schemas: Schemas) -> str:
    """Return an object of rights.csv with the connection's own names of the two schemas."""
    schema, dot, rest = name.partition(".")
    return {"public": schemas.target, "legacy": schemas.source}.get(schema, schema) + dot + rest


def _can_become(connection: Connection, role: str) -> bool:
    """Return whether this session may act as a role."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(query("rebuilt/architecture/try/role", role=role))
    except psycopg.Error as error:
        raise_outage(error)
        return False
    return True


def _order(right: Right) -> tuple[int, str, str, int, str]:
    """Return the place of a right: relations first, then the order of the commands."""
    kind, name, role, command = right
    position = TRIED.index(command) if command in TRIED else len(TRIED)
    return KINDS.index(kind), name, role, position, command


def _row(
    right: Right, expected: Declared, granted: dict[Right, bool], works: bool | None
) -> tuple[str, ...]:
    """Return one row of the frame."""
    kind, name, role, command = right
    allowed = expected.get(right.subject)
    wanted = "unknown" if allowed is None else _yes(command in allowed[role])
    has = _yes(granted[right]) if right in granted else "missing"
    usable = not name.startswith(("private.", "audit.")) and wanted == "yes"
    good = wanted == has and (works is None or works == usable)
    done = "" if works is None else _yes(works)
    return kind, name, role, command, wanted, has, done, "ok" if good else "fail"


def _yes(condition: bool) -> str:
    return "yes" if condition else "no"
