"""The ledger: each row of the 25 tables is loaded, quarantined or archived, and counted once."""

from __future__ import annotations

from typing import Any

import pandas

from motomind_nb import catalog, sql
from motomind_nb.catalog import Object
from motomind_nb.database import Connection, rows, value
from motomind_nb.findings import Finding
from motomind_nb.load import Projection, projections
from motomind_nb.load.projections import EVENTS
from motomind_nb.reconcile.pairs import pairs
from motomind_nb.tables import counted

COLUMNS = (
    "object", "kind", "fate", "target", "source_rows", "loaded", "quarantined", "archived",
    "balanced", "used_by", "reason",
)  # fmt: skip
COUNTS = ["source_rows", "loaded", "quarantined", "archived"]
# rows that only feed a column of another table stay in the archive
USED_BY = {"memberships": "users.tenant_id", "vehicles_naming_backup": "vehicles.nickname"}
Counts = dict[str, int | None]


def ledger(connection: Connection) -> pandas.DataFrame:
    """Return the 35 objects with what became of their rows. Reads only.

    Columns: object, kind, fate, target (text), source_rows (as counted in the source), loaded,
    quarantined, archived (Int64, rows; empty for views and for what the source lacks), balanced
    (boolean), used_by, reason (text).
    """
    recorded = {
        row["object"]: row for row in rows(connection, sql.query("reconcile/source_objects"))
    }
    refused = {
        row["source_table"]: int(row["rows"])
        for row in rows(connection, sql.query("reconcile/quarantined_rows"))
    }
    lines = []
    for item in catalog.objects().values():
        source_rows = _source_rows(connection, item, recorded.get(item.name))
        counts = _counts(connection, item, refused) if source_rows is not None else {}
        lines.append(_line(item, {"source_rows": source_rows, **counts}))
    frame = pandas.DataFrame(lines, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(COUNTS, "Int64") | {"balanced": "boolean"})


def _source_rows(
    connection: Connection, item: Object, recorded: dict[str, Any] | None
) -> int | None:
    """Return the rows that the stage recorded for a table; None for a view or an absent table."""
    if item.kind != "table" or (recorded and not recorded["present"]):
        return None
    if recorded and recorded["rows"] is not None:
        return int(recorded["rows"])
    return int(value(connection, sql.query("reconcile/count", table=("legacy", item.name))))


def _counts(connection: Connection, item: Object, refused: dict[str, int]) -> Counts:
    """Return what became of the rows of one table, each part counted by itself."""
    mapped = {projection.source: projection for projection in projections()}.get(item.name)
    if mapped:
        loaded = loaded_rows(connection, mapped)
        return {"loaded": loaded, "quarantined": refused.get(item.name, 0), "archived": 0}
    archived = value(connection, sql.query("reconcile/count", table=("legacy", item.name)))
    return {"loaded": 0, "quarantined": 0, "archived": int(archived)}


def loaded_rows(connection: Connection, projection: Projection) -> int:
    """Return how many rows of a source stand in the target. Reads only."""
    source = ("legacy", projection.source)
    if projection.target == EVENTS:
        statement = sql.query("reconcile/loaded_events", source=source)
        return int(value(connection, statement, {"source": projection.source}))
    if projection.source == "memberships":
        return int(value(connection, sql.query("reconcile/loaded_memberships")))
    statement = sql.query("reconcile/loaded_rows", source=source, target=projection.target)
    return int(value(connection, statement))


def _line(item: Object, counts: Counts) -> dict[str, object]:
    """Return one line of the ledger."""
    parts = [counts.get(name) for name in COUNTS[1:]]
    known = counts["source_rows"] is not None
    return {
        "object": item.name, "kind": item.kind, "fate": item.fate, "target": item.target,
        **{name: counts.get(name) for name in COUNTS},
        "balanced": sum(part or 0 for part in parts) == counts["source_rows"] if known else None,
        "used_by": USED_BY.get(item.name, ""), "reason": item.reason,
    }  # fmt: skip


def targets(connection: Connection) -> pandas.DataFrame:
    """Return the target tables and how many rows each got from its sources. Reads only.

    Columns: target, sources (text), loaded (int64, rows, summed over the sources), rows (int64,
    in the table), equal (bool).
    """
    lines = []
    for pair in pairs():
        loaded = sum(loaded_rows(connection, item) for item in pair.projections)
        held = int(value(connection, sql.query("reconcile/count", table=pair.target)))
        sources = ", ".join(item.source for item in pair.projections)
        lines.append((".".join(pair.target), sources, loaded, held, loaded == held))
    return pandas.DataFrame(lines, columns=["target", "sources", "loaded", "rows", "equal"])


def findings(connection: Connection) -> list[Finding]:
    """Return a finding for each of the 25 tables and each target table. Reads only."""
    lines = ledger(connection).to_dict("records")
    tables = [_balance(dict(line)) for line in lines if line["kind"] == "table"]
    sums = [
        Finding(
            "ledger target", line["target"], f"{counted(line['loaded'])} from {line['sources']}",
            counted(line["rows"]), "ok" if line["equal"] else "fail",
        )
        for line in targets(connection).to_dict("records")
    ]  # fmt: skip
    return tables + sums


def _balance(line: dict[Any, Any]) -> Finding:
    """Return whether the rows of one table are all accounted for."""
    if pandas.isna(line["source_rows"]):
        return Finding("ledger", line["object"], "a table in the source", "none", "warn",
                       "the source lacks it")  # fmt: skip
    actual = ", ".join(f"{line[name]} {name}" for name in COUNTS[1:] if line[name])
    status = "ok" if line["balanced"] else "fail"
    return Finding("ledger", line["object"], counted(line["source_rows"]), actual or "none", status)
