"""The audit in one process and one transaction: the checks of notebooks 02 to 05, one by one.

``test_mutants.py`` compares what it finds with what the stages themselves keep, so that no check
is left out here. The first failure that the healthy load has not is what saw a fault.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import psycopg
from psycopg import sql

from motomind_nb import load, mileage, rebuilt, reconcile, runs
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, MotomindError
from motomind_nb.postgres import Connection, findings_or_gone, in_source, query, rows, value
from motomind_nb.reconcile import columns
from motomind_nb.reconcile.checks import witnesses
from motomind_nb.reconcile.rows import read_sides
from motomind_nb.runs import Run
from motomind_nb.stages import architecture, witness
from motomind_nb.stages.rebuild import CAPTURE_FILE

Key = tuple[str, str, int]
COUNTED = (
    "quarantine"  # traps are in quarantine before any fault, so that more rows are what is new
)
Told = tuple[str, Callable[[], Sequence[Finding]]]
# what a fault of the rebuild's SQL is looked at with, and a damage of rows, of anything else
BUILT = ("package", "schema", "proofs", "rows", "mileage", "definitions", "round trip")
LOADED_ONLY = (
    "second mapping",
    "rows",
    "mileage",
    "round trip",
)  # a fault of the load changes no definition
DAMAGED_ROWS = (
    "fingerprints",
    "rows",
    "witness",
    "mileage",
    "definitions",
    "schema",
    "proofs",
    "capture",
    "round trip",
)
DAMAGED = (
    "capture",
    "schema",
    "rows",
    "witness",
    "mileage",
    "definitions",
    "proofs",
    "round trip",
)
STATE = """
SELECT format('%I.%I', schema.nspname, class.relname) AS name
FROM pg_class AS class JOIN pg_namespace AS schema ON schema.oid = class.relnamespace
WHERE schema.nspname IN ('public', 'private', 'audit') AND class.relkind IN ('r', 'p', 'm')
    AND NOT class.relispartition AND class.relname NOT IN ('job_log', 'finding', 'reading')
ORDER BY 1
"""


@dataclass(frozen=True)
class Case:
    """What an audit looks at: the connection, the run with its evidence, the manifest."""

    connection: Connection
    run: Run
    manifest: Manifest


def rebuild(case: Case) -> tuple[list[Finding], rebuilt.Capture]:
    """Do what notebook 02 does; return what the load decided, and the capture."""
    others = rebuilt.objects_in_target(case.connection)
    rebuilt.create_tables(case.connection, load.event_years(case.connection))
    decisions = load.load_staged_rows(case.connection)
    rebuilt.add_keys_and_rules(case.connection)
    return decisions, rebuilt.capture_target(case.connection, others)


def renew_audit_schema(case: Case) -> None:
    """Make schema audit again from its file, with the rows that the stage left in it."""
    kept = rows(case.connection, b"TABLE audit.source_object")
    case.connection.execute(b"DROP SCHEMA audit CASCADE")
    rebuilt.create_audit(case.connection)
    for row in kept:
        names = ", ".join(row)
        values = ", ".join(f"%({name})s" for name in row)
        statement = f"INSERT INTO audit.source_object ({names}) VALUES ({values})"
        case.connection.execute(statement.encode(), row)


def checks(case: Case, captured: rebuilt.Capture | None) -> dict[str, Callable[[], list[Finding]]]:
    """The parts of the audit by name; ``captured`` is what was built, that of the run without."""
    connection, manifest = case.connection, case.manifest
    return {
        "package": lambda: rebuilt.fresh_build_findings(captured) if captured else [],
        # parts of the next one, asked first because they see most and are quick
        "fingerprints": lambda: list(
            witnesses.compare_fingerprints(
                connection, read_sides(connection, _notes(case).projected)
            )
        ),
        "second mapping": lambda: list(columns.second_mapping_findings(connection)),
        "round trip": lambda: reconcile.round_trip_findings(connection),
        "rows": lambda: (
            reconcile.compare_rows(
                connection, manifest, loaded=reconcile.Loaded(_notes(case))
            ).findings
        ),
        "definitions": lambda: reconcile.compare_definitions(connection, manifest),
        "witness": lambda: list(witness.compare_with_load(connection, case.run)),
        "mileage": lambda: findings_or_gone(
            connection,
            "mileage",
            lambda: mileage.audit(connection, case.run.id, mileage.Rules()).findings,
        ),
        "proofs": lambda: _proofs(connection),
        "schema": lambda: rebuilt.check_schema(connection),
        "capture": lambda: findings_or_gone(
            connection,
            "schema as built",
            partial(rebuilt.compare_with_capture, connection, captured or kept_capture(case.run)),
        ),
    }


def _notes(case: Case) -> load.Notes:
    """What the run's load noted of its work, as notebook 03 reads it."""
    found = witness.compare_with_load(case.connection, case.run)
    return witness.notes_of_load(case.run, found)


def kept_capture(run: Run) -> rebuilt.Capture:
    """What the run captured when it had built the schema."""
    return rebuilt.Capture.from_json(runs.kept_evidence(run, CAPTURE_FILE))


def _proofs(connection: Connection) -> list[Finding]:
    proofs, unproved = architecture._proved(connection)
    return [*rebuilt.proof_findings(proofs), *unproved]


def told(case: Case, parts: Sequence[str], captured: rebuilt.Capture | None) -> Iterator[Finding]:
    """All findings of some parts, one after the other; an error of a part is a failure of it."""
    every = checks(case, captured)
    for part in parts:
        # each notebook has a connection of its own, and a part may set where it looks from
        case.connection.execute(b"SELECT set_config('search_path', 'public', true)")
        try:
            with case.connection.transaction():
                found = every[part]()
        except (psycopg.Error, MotomindError) as error:
            found = [Finding("stopped", part, "an audit", type(error).__name__, "fail", str(error))]
        yield from found


def failures(found: Sequence[Finding]) -> set[Key]:
    """What failed: the words and numbers beside may change."""
    return {key_of(item) for item in found if item.status == "fail"}


def key_of(item: Finding) -> Key:
    """What tells a failure from those of the healthy load: check and subject, and of the rows in
    quarantine how many.

    Who accepted some rows in quarantine has not accepted more of them.
    """
    return item.check, item.subject, item.rows if item.check == COUNTED else 0


def state(connection: Connection) -> str:
    """A mark of all rows and definitions of the rebuilt database."""
    marks = [repr(rebuilt.capture_target(connection).lines)]
    for row in rows(connection, STATE.encode()):
        # times of this transaction differ between two rebuilds and say nothing
        statement = (
            "SELECT md5(coalesce(string_agg(replace(held::text, now()::text, ''), '|'"
            f" ORDER BY held::text), '')) FROM {row['name']} AS held"
        )
        marks.append(f"{row['name']} {value(connection, statement.encode())}")
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()


def given_back(case: Case) -> list[object]:
    """A mark of the rows of each old table that the rebuilt database gives back, in old types."""
    mark = sql.SQL(
        "SELECT md5(string_agg(old::text, '|' ORDER BY old::text)) FROM ({rows}) AS held"
        " CROSS JOIN LATERAL jsonb_populate_record(NULL::{old}, to_jsonb(held)) AS old"
    )
    return [
        value(case.connection, mark.format(rows=item.reverse, old=in_source(item.source)))
        for item in load.projections()
    ]


def is_loaded(connection: Connection) -> bool:
    """Whether the database holds a load."""
    return bool(value(connection, query("stages/holds_load")))
