"""The witness: what a run's folder says of its load, and whether the database still agrees.

Run and target are bound by what both hold, an identity drawn for the load and a fingerprint of it:
a clone or a restored copy is still that run's database, and no other is.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial

import psycopg

from motomind_nb import backup, runs
from motomind_nb.core import Finding, Refused, rows_counted
from motomind_nb.load import Judged, Notes, Projected
from motomind_nb.postgres import Connection, fingerprint, query, read_or_none, rows
from motomind_nb.runs import Run
from motomind_nb.stages import record

FILE = "load.json"
CHECK = "witness"
# what the load writes and nothing changes afterwards, but a legal erasure
TABLES = (
    "audit.source_object",
    "audit.quarantine",
    "audit.disputed",
    "audit.later_chain",
    "private.event_source",
)
UNREADABLE = (psycopg.ProgrammingError,)  # gone, another one, or not to be read by this role
LOADING_STAGES = ("stage", "profile", "load")
Binding = dict[str, str]


@dataclass(frozen=True)
class Load:
    """A load as its run wrote it down: which one it is, from which backup, what it left.

    ``tables``: for each table its rows and their fingerprint, in words. ``notes``: what the load
    noted of its work, empty of an older run.
    """

    run: str
    identity: str
    rows: str
    backup: str
    tables: dict[str, str]
    notes: Notes = field(default_factory=Notes)

    @property
    def binding(self) -> Binding:
        """What the target's audit.run must say."""
        lines = "\n".join([self.rows, *(f"{name} {held}" for name, held in self.tables.items())])
        mark = hashlib.sha256(lines.encode()).hexdigest()
        return {"id": self.run, "identity": self.identity, "fingerprint": mark}


def bind_target_to_run(connection: Connection, run: Run, notes: Notes) -> None:
    """Bind the target to the run that just loaded it, at the end of the load's transaction.

    Writes: evidence/load.json, audit.run. Never commits.
    """
    held = {name: _held(connection, name) for name in TABLES}
    load = Load(
        run.id,
        str(uuid.uuid4()),
        backup.read_manifest(run.backup).fingerprint,
        backup.checksum_of_all(run.backup),
        held,
        notes,
    )
    runs.keep_evidence(run, FILE, json.dumps(asdict(load), indent=1).encode())
    connection.execute(query("stages/record_load"), {**load.binding, "run": load.run})


def refuse_other_load(connection: Connection, run: Run) -> None:
    """Refuse a target or a backup that is not that of the run that is to be checked. Reads only.

    Raises: Refused, naming the run whose database it is, where the database says so.
    """
    load = _load_of(run)
    if backup.checksum_of_all(run.backup) != load.backup:
        raise Refused(
            f"backup of run {load.run}",
            "the one that was loaded",
            "another one, or an edited one",
            "restore the backup of this run from another copy",
        )
    found = _bindings(connection)
    if found is None:  # the table is gone: the checks tell it, and whether the rows are this run's
        return
    if found != [load.binding]:
        same = [one["id"] for one in found or []] == [load.run]
        others = "another load of this run" if same else _named(found)
        raise Refused(
            f"target {run.target.text}",
            f"the load of run {load.run}",
            others,
            "name the database that this run filled, or check the run that filled this one",
        )


def notes_of_load(run: Run, found: Iterable[Finding]) -> Notes:
    """Return what the load noted of its work; nothing if a table that it wrote has changed.

    ``found`` are the findings of ``compare_with_load``. Reads only.
    """
    unchanged = all(item.status == "ok" for item in found if item.subject in TABLES)
    return _load_of(run).notes if unchanged else Notes()


def _named(found: list[Binding]) -> str:
    """Return whose load a database says it holds."""
    if not found:
        return "no record of a load"
    return ", ".join(f"the load of run {one['id']}" for one in found)


def compare_with_load(connection: Connection, run: Run) -> Iterator[Finding]:
    """Yield whether the database still holds what the load wrote, and says so. Reads only."""
    load = _load_of(run)
    bindings = _bindings(connection)
    bound = bindings == [load.binding]
    held = "no such table" if bindings is None else "others"
    yield Finding(
        CHECK,
        "audit.run",
        "identity and fingerprint of the load",
        "the same" if bound else held,
        "ok" if bound else "fail",
    )
    for name, known in load.tables.items():
        held = _held(connection, name)
        yield Finding(
            CHECK,
            name,
            known,
            held,
            "ok" if held == known else "fail",
            "" if held == known else "changed after the load; a legal erasure would be told too",
        )
    yield from compare_copies(connection, runs.loading_run(run), LOADING_STAGES)


def compare_copies(
    connection: Connection, run: Run, stages: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """Yield whether audit.finding holds what the run's stages found, each row as it was kept.

    Without ``stages`` all that the run kept or the table holds. Reads only.
    """
    copies, stored = _copies(connection, run), record.stored_stages(run)
    for stage in stages or sorted({*stored, *(copies or {})}):
        filed = stages or stage in stored
        kept = record.stored_findings(run, stage) if filed else []
        yield _compared(stage, kept, None if copies is None else copies.get(stage, []))


def _compared(stage: str, kept: list[record.Line], held: list[record.Line] | None) -> Finding:
    """Return whether one stage's findings in the database are those of its file."""
    expected = f"{len(kept)} as in the run folder"
    subject = f"audit.finding {stage}"
    if held is None:
        return Finding(CHECK, subject, expected, "a table that cannot be read", "fail")
    if held == kept:
        return Finding(CHECK, subject, expected, expected, "ok")
    missing, added = Counter(kept) - Counter(held), Counter(held) - Counter(kept)
    changed = min(missing.total(), added.total())
    counts = {
        "missing": missing.total() - changed,
        "added": added.total() - changed,
        "changed": changed,
    }
    found = ", ".join(f"{number} {word}" for word, number in counts.items() if number)
    detail = "; ".join(f"{line[1]}: {line[2]}" for line in [*missing, *added][:3])
    return Finding(CHECK, subject, expected, found or "another order", "fail", detail)


def _copies(connection: Connection, run: Run) -> dict[str, list[record.Line]] | None:
    """Return the findings of a run in the database by stage, None when they can't be read."""
    statement, values = query("stages/findings"), {"run": run.id}
    found = read_or_none(connection, partial(rows, connection, statement, values), UNREADABLE)
    if found is None:
        return None
    copies: dict[str, list[record.Line]] = {}
    for row in found:
        copies.setdefault(row["stage"], []).append(tuple(row[name] for name in record.STORED))
    return copies


def _bindings(connection: Connection) -> list[Binding] | None:
    """Return what the database says of its load, None when it says nothing."""
    statement = query("stages/recorded_load")
    return read_or_none(connection, partial(rows, connection, statement), UNREADABLE)


def _held(connection: Connection, name: str) -> str:
    """Return rows and fingerprint of a table in words."""
    read = partial(fingerprint, connection, tuple(name.split(".")))
    found = read_or_none(connection, read, UNREADABLE)
    if found is None:
        return "a table that cannot be read"
    number, mark = found
    return f"{rows_counted(number)}, fingerprint {mark}"


def _load_of(run: Run) -> Load:
    """Return what the run that loaded the target wrote down. Raises: Refused."""
    facts = json.loads(runs.kept_evidence(runs.loading_run(run), FILE))
    held = facts.pop("notes", {})
    notes = Notes([Projected(**one) for one in held.get("projected", ())])
    notes.judged = Judged(**held["judged"]) if held.get("judged") else None
    return Load(**facts, notes=notes)
