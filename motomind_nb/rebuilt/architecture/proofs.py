"""Proofs: the same statements on the original design and on the rebuilt one.

A file of ``sql/architecture/proofs`` holds blocks. A block begins with ``-- prove: POINT: what``,
then says what is expected of one design or of both (``-- original: ...``, ``-- rebuilt: ...``),
then holds statements; the outcome is that of the last one: an SQLSTATE with its message, the
command's tag, or the values of a small result. An expected SQLSTATE alone stands for any message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from motomind_nb.core import Finding, Refused, as_one_line, rows_counted
from motomind_nb.postgres import (
    Connection,
    query,
    query_names,
    query_text,
    raise_outage,
    value,
)

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("point", "design", "statement", "expected", "observed", "status")
DESIGNS = ("original", "rebuilt")
ORIGINAL_SCHEMA = "original_design"
HEADING = re.compile(r"^-- (prove|original|rebuilt): (.*)$", re.MULTILINE)
TAG = re.compile(r"([A-Z]+(?: TABLE)?)(?: (?:0 )?(\d+))?")  # what a command that went through says
ROLE = re.compile(r"^SET LOCAL ROLE (\w+);", re.MULTILINE)
OWNER = "the owner"
Script = sql.SQL | sql.Composed
POINT = re.compile(r"(?:([A-Z]\d+): )?(.*)")


@dataclass(frozen=True)
class Proof:
    """One block: what it proves, what is expected of each design, and its statements.

    ``code`` is the number of the point in the list of the original design's flaws, '' without one.
    """

    point: str
    code: str
    expected: dict[str, str]
    statements: str

    @property
    def role(self) -> str:
        """The role that acts in the end, the owner where none is set."""
        return str((ROLE.findall(self.statements) or [OWNER])[-1])

    @property
    def last_statement(self) -> str:
        """The statement whose outcome counts, on one line."""
        parts = [part for part in re.split(r";\s*(?:\n|$)", self.statements) if part.strip()]
        return as_one_line(parts[-1])


def run_proofs(connection: Connection) -> pd.DataFrame:
    """Prove every point and return one row for each point and design.

    Writes nothing that stays: the original design, two tenants and every statement live in a
    transaction that is rolled back. On a connection with an open transaction a savepoint is used.
    Columns: point, design (original, rebuilt), statement, expected, observed, status (ok, fail).
    Raises: Refused when the rebuilt schema is missing or the scratch schema's name is taken.
    """
    import pandas as pd

    _refuse_unready(connection)
    records: list[tuple[str, ...]] = []
    with connection.transaction(force_rollback=True):
        for design in DESIGNS:
            with connection.transaction(force_rollback=True):
                broken = _prepare(connection, design)
                connection.execute(query("rebuilt/architecture/savepoint"))
                for proof in all_proofs():
                    if design in proof.expected:
                        records.append(_prove(connection, proof, design, broken))
    order = {proof.point: position for position, proof in reversed([*enumerate(all_proofs())])}
    records.sort(key=lambda record: (order[record[0]], record[1]))
    return pd.DataFrame(records, columns=list(COLUMNS))


def no_proofs() -> pd.DataFrame:
    """Return the frame of ``run_proofs`` without a row: nothing could be proved."""
    import pandas as pd

    return pd.DataFrame(columns=list(COLUMNS))


def proof_findings(proofs: pd.DataFrame) -> list[Finding]:
    """Return a finding for each proof: what was tried and as whom, what should happen, what did."""
    roles = {
        (proof.point, design): proof.role for proof in all_proofs() for design in proof.expected
    }
    return [
        Finding(
            "proof",
            proof_subject(row["point"], row["design"]),
            outcome_in_words(row["expected"]),
            outcome_in_words(row["observed"]),
            row["status"],
            f"tried as {roles.get((row['point'], row['design']), OWNER)}: {row['statement']}",
        )
        for row in proofs.to_dict("records")
    ]


def proof_subject(point: str, design: str) -> str:
    """Return how a finding names a proof of one design."""
    return f"{point} ({design})"


def outcome_in_words(outcome: str) -> str:
    """Return what a statement led to: ``refused (42501, insufficient privilege)``, ``DELETE went
    through, 0 rows``, or the value that it showed.
    """
    tag = TAG.fullmatch(outcome)
    if tag and outcome != "NULL":
        return f"{tag[1]} went through" + (f", {rows_counted(int(tag[2]))}" if tag[2] else "")
    code, _, said = outcome.partition(" ")
    try:
        name = psycopg.errors.lookup(code).__name__
    except KeyError:
        return outcome
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return f"refused ({code}, {words})" + (f": {said}" if said else "")


def all_proofs() -> list[Proof]:
    """Return the proofs of all files, in order."""
    texts = (query_text(name) for name in query_names("rebuilt/architecture/proofs"))
    return [proof for text in texts for proof in parse_proofs(text)]


def parse_proofs(text: str) -> Iterator[Proof]:
    """Yield the proofs of one file's text; what stands before the first block is its header."""
    for part in re.split(r"(?=^-- prove: )", text, flags=re.MULTILINE)[1:]:
        said = dict(HEADING.findall(part))
        found = POINT.fullmatch(said.pop("prove"))
        code, point = found.groups(default="") if found else ("", "")
        yield Proof(point, code, said, HEADING.sub("", part).strip())


def _refuse_unready(connection: Connection) -> None:
    """Raise Refused unless the rebuilt schema is here and the scratch schema is not."""
    state = value(connection, query("rebuilt/architecture/ready"))
    if state != "ready":
        raise Refused(
            "proofs",
            "the rebuilt schema, and to act in it as each role of the API",
            str(state),
            "name the database that holds the rebuilt schema, and a member of the three roles",
        )


def _prepare(connection: Connection, design: str) -> str:
    """Create what a design's proofs start from; return why that failed, or nothing."""
    schema = ORIGINAL_SCHEMA if design == "original" else connection.schemas.target
    connection.execute(query("rebuilt/architecture/session", schema=schema))
    own = (
        query_names("rebuilt/architecture/original")
        if design == "original"
        else ["rebuilt/architecture/readings"]
    )
    at = next(place for place, name in enumerate(own) if name.endswith("readings"))
    try:
        with connection.transaction():
            for name in (*own[:at], "rebuilt/architecture/fixture", *own[at:]):
                _run(connection, sql.SQL(query_text(name)))
    except psycopg.Error as error:
        raise_outage(error)
        return as_one_line(f"{error.sqlstate} {error.diag.message_primary}")
    return ""


def _run(connection: Connection, script: Script) -> psycopg.Cursor[tuple[object, ...]]:
    """Execute a script as it stands and return the cursor at its last result."""
    cursor = connection.execute(script)
    while cursor.nextset():
        pass
    return cursor


def _prove(connection: Connection, proof: Proof, design: str, broken: str) -> tuple[str, ...]:
    """Run one proof on one design; return a row of the frame.

    What the proof before it did is undone first, in the same message.
    """
    expected = proof.expected[design]
    statements = query("rebuilt/architecture/tried", statements=sql.SQL(proof.statements))
    try:
        observed = _outcome(_run(connection, statements))
    except psycopg.Error as error:
        raise_outage(error)
        observed = as_one_line(f"{error.sqlstate} {error.diag.message_primary}")
    if broken:
        observed = f"could not be prepared: {broken}"
    alike = observed == expected or re.match(rf"{re.escape(expected)}(?![\w.])", observed)
    status = "ok" if alike else "fail"
    return proof.point, design, proof.last_statement, expected, observed, status


def _outcome(cursor: psycopg.Cursor[tuple[object, ...]]) -> str:
    """Return a result's values as text, or the command's tag where there is none."""
    if cursor.description is None:
        return str(cursor.statusmessage)
    return "; ".join(" | ".join(_shown(cell) for cell in row) for row in cursor.fetchall())


def _shown(cell: object) -> str:
    """Return one value as text: NULL, true, false, or as PostgreSQL writes it."""
    if cell is None:
        return "NULL"
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
