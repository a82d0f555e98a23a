"""The ledger: each row of the 25 tables is counted once, by what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from psycopg import sql

from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, rows_counted
from motomind_nb.legacy import LegacyObject, catalog
from motomind_nb.load import EVENTS, Projection, projections
from motomind_nb.postgres import Connection, in_source, query, read_or_none, rows, value
from motomind_nb.reconcile.rows import TypeFaults, readable_pairs

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "object",
    "kind",
    "fate",
    "target",
    "source_rows",
    "loaded",
    "quarantined",
    "archived",
    "missing",
    "balanced",
    "used_by",
    "reason",
)
COUNTS = ["source_rows", "loaded", "quarantined", "archived", "missing"]
# rows that only feed a column of another table stay in the archive
USED_BY = {"memberships": "users.tenant_id", "vehicles_naming_backup": "vehicles.nickname"}
Counts = dict[str, int | None]
BySource = dict[str, tuple[int, int] | None]  # rows loaded, rows missing
NOWHERE = (0, 0)


def ledger(
    connection: Connection, before: Manifest, loaded: BySource | None = None
) -> pd.DataFrame:
    """Return the 35 objects with what became of their rows. Reads only.

    ``before`` is the manifest of the backup: it counted the rows of the source. ``loaded`` is what
    ``loaded_by_source`` returns, counted here if it is left out.

    Columns: object, kind, fate, target (text), source_rows (as counted in the source), loaded,
    quarantined, archived, missing (Int64, rows; empty for views and for what the source lacks),
    balanced (boolean: every row is in the first three, and in one of them), used_by, reason (text).
    """
    import pandas as pd

    found = read_or_none(connection, partial(rows, connection, query("reconcile/quarantined_rows")))
    refused = {row["source_table"]: int(row["rows"]) for row in found or ()}
    stand = loaded_by_source(connection) if loaded is None else loaded
    lines = []
    for item in catalog.objects().values():
        source_rows = before.object(item.name).rows if item.kind == "table" else None
        counts: Counts = {}
        if item.name in stand and source_rows is not None:
            loaded_rows, missing = stand[item.name] or (None, None)
            held = {"quarantined": refused.get(item.name, 0), "archived": 0}
            counts = {"loaded": loaded_rows, **held, "missing": missing}
        elif source_rows is not None:
            kept = _archived(connection, item)
            counts = {"loaded": 0, "quarantined": 0, "archived": kept, "missing": 0}
        lines.append(_line(item, {"source_rows": source_rows, **counts}))
    frame = pd.DataFrame(lines, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(COUNTS, "Int64") | {"balanced": "boolean"})


def _archived(connection: Connection, item: LegacyObject) -> int | None:
    """Return how many rows of a table that is not loaded stand in the staged copy."""
    statement = query("reconcile/count", table=in_source(item.name))
    return read_or_none(connection, partial(value, connection, statement))


def loaded_by_source(connection: Connection) -> BySource:
    """Return how many rows of each source are loaded and missing, None where nobody can tell.

    A row in quarantine is not missing, nor is one that only changed its date. The events are read
    once for all their sources; only where that fails is each source asked alone. Reads only.
    """
    sources = [item.source for item in projections() if item.target == EVENTS]
    found = _loaded_and_missing(connection, sources, _held_events(sources))
    others = (item for item in projections() if item.source not in found)
    for item in others:
        held = _held_events([item.source]) if item.target == EVENTS else _held(item)
        found |= _loaded_and_missing(connection, [item.source], held)
    return {item.source: found.get(item.source) for item in projections()}


def _loaded_and_missing(
    connection: Connection, sources: Sequence[str], held: sql.Composed
) -> dict[str, tuple[int, int]]:
    """Return the rows loaded and missing of some sources; of none where an object is gone.

    ``held`` is the query of their rows with whether the target holds each.
    """
    statement = query("reconcile/loaded_and_missing", held=held)
    found = read_or_none(connection, partial(rows, connection, statement))
    if found is None:
        return {}
    counts = {row["source"]: (int(row["loaded"]), int(row["missing"])) for row in found}
    return {source: counts.get(source, NOWHERE) for source in sources}


def _held_events(sources: Sequence[str]) -> sql.Composed:
    """Return the query of the rows of event sources with whether the target holds each."""
    staged = sql.SQL("\nUNION ALL\n").join(
        query("reconcile/staged_ids", staged=in_source(source), name=sql.Literal(source))
        for source in sources
    )
    return query("reconcile/held_events", staged=staged)


def _held(projection: Projection) -> sql.Composed:
    """Return the query of the rows of any other source with whether the target holds each."""
    if projection.source == "memberships":
        return query("reconcile/held_memberships")
    name = sql.Literal(projection.source)
    staged = in_source(projection.source)
    return query("reconcile/held_rows", staged=staged, table=projection.table, name=name)


def _line(item: LegacyObject, counts: Counts) -> dict[str, object]:
    """Return one line of the ledger."""
    parts = [counts.get(name) for name in COUNTS[1:-1]]
    known = counts["source_rows"] is not None
    return {
        "object": item.name,
        "kind": item.kind,
        "fate": item.fate,
        "target": item.target,
        **{name: counts.get(name) for name in COUNTS},
        "balanced": sum(part or 0 for part in parts) == counts["source_rows"] if known else None,
        "used_by": USED_BY.get(item.name, ""),
        "reason": item.reason,
    }


def target_ledger(
    connection: Connection, loaded: BySource | None = None, readable: TypeFaults | None = None
) -> pd.DataFrame:
    """Return the target tables that are there, and how many rows each got from its sources.

    ``loaded`` is what ``loaded_by_source`` returns, ``readable`` what ``readable_pairs`` does, both
    asked here if they are left out. Reads only.

    Columns: target, sources (text), loaded (int64, rows, summed over the sources), rows (int64,
    in the table), equal (bool).
    """
    import pandas as pd

    stand = loaded_by_source(connection) if loaded is None else loaded
    lines = []
    for pair in readable_pairs(connection) if readable is None else readable:
        got = sum((stand[item.source] or NOWHERE)[0] for item in pair.projections)
        held = int(value(connection, query("reconcile/count", table=pair.table)))
        sources = ", ".join(item.source for item in pair.projections)
        lines.append((".".join(pair.target), sources, got, held, got == held))
    return pd.DataFrame(lines, columns=["target", "sources", "loaded", "rows", "equal"])


def ledger_findings(counted: pd.DataFrame, targets: pd.DataFrame) -> list[Finding]:
    """Return a finding for each of the 25 tables and each target table.

    ``counted`` is what ``ledger`` returns, ``targets`` what ``target_ledger`` does.
    """
    lines = counted.to_dict("records")
    tables = [_balance(dict(line)) for line in lines if line["kind"] == "table"]
    sums = [
        Finding(
            "ledger target",
            line["target"],
            f"{rows_counted(line['loaded'])} from {line['sources']}",
            rows_counted(line["rows"]),
            "ok" if line["equal"] else "fail",
        )
        for line in targets.to_dict("records")
    ]
    return tables + sums


def _balance(line: dict[Any, Any]) -> Finding:
    """Return whether the rows of one table are all accounted for."""
    import pandas as pd

    if pd.isna(line["source_rows"]):
        return Finding(
            "ledger", line["object"], "a table in the source", "none", "warn", "the source lacks it"
        )
    known = {name: int(line[name]) for name in COUNTS[1:] if pd.notna(line[name])}
    found = ", ".join(f"{number:,} {name}" for name, number in known.items() if number)
    status = "ok" if line["balanced"] else "fail"
    expected = rows_counted(line["source_rows"])
    return Finding("ledger", line["object"], expected, found or "none", status)
