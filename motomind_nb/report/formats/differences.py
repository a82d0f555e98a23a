"""Two runs compared: findings, ledger lines and vehicles that are new, gone or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motomind_nb.core import as_one_line, read_json_or_empty, tables

# file -> the columns that say of what a row speaks
KEYS = {
    "findings": ("stage", "check", "subject"),
    "ledger": ("object",),
    "mileage": ("vehicle_id",),
}
SHOWN = 50  # lines of a kind that a terminal gets
Row = dict[str, str]


@dataclass(frozen=True)
class Change:
    """One row that is not the same in two runs; ``before`` or ``after`` is empty where it is not.

    Columns: key (text), kind (new, gone, changed), before, after (column -> text).
    """

    key: str
    kind: str
    before: Row
    after: Row


@dataclass(frozen=True)
class Differences:
    """What differs between two runs: by table, and whether there was anything to compare."""

    changes: Mapping[str, Sequence[Change]]
    compared_rows: int

    @property
    def total(self) -> int:
        """How many rows are new, gone or changed."""
        return sum(map(len, self.changes.values()))


def compare_runs(before: Path, after: Path) -> Differences:
    """Return how two run folders differ in verdict, findings, ledger and mileage. Reads only."""
    changes, compared = {"verdict": _verdicts(before, after)}, 0
    for name, key in KEYS.items():
        old, new = _rows(before / f"{name}.csv", key), _rows(after / f"{name}.csv", key)
        compared += len(old) + len(new)
        changes[name] = [*_changes(old, new)]
    return Differences(changes, compared)


def _verdicts(before: Path, after: Path) -> list[Change]:
    """Return the change of the verdict's word, if it is one."""
    old, new = (
        {"verdict": str(read_json_or_empty(folder / "verdict.json").get("verdict", ""))}
        for folder in (before, after)
    )
    return [] if old == new else [Change("verdict", "changed", old, new)]


def _rows(path: Path, key: Sequence[str]) -> dict[str, Row]:
    """Return key -> row of a CSV file; what has a key twice is counted: its order decides."""
    found: dict[str, Row] = {}
    times: dict[str, int] = {}
    frame = tables.read_csv(path)
    for values in frame.itertuples(index=False, name=None):
        row = dict(zip(map(str, frame.columns), map(str, values), strict=True))
        name = ": ".join(row[column] for column in key)
        times[name] = times.get(name, 0) + 1
        found[name if times[name] == 1 else f"{name} ({times[name]})"] = row
    return found


def _changes(before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[Change]:
    """Yield the rows that are new, gone or changed, in the order of their keys."""
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        kind = "new" if old is None else "gone" if new is None else "changed"
        yield Change(key, kind, _only(old, new), _only(new, old))


def _only(row: Row | None, other: Row | None) -> Row:
    """Return what a row says that another one does not; all of it where there is no other."""
    known = row or {}
    if other is None:
        return known
    return {name: text for name, text in known.items() if other.get(name) != text}


def difference_facts(found: Differences) -> dict[str, Any]:
    """Return the differences as one object: for each table new, gone and changed."""
    return {
        name: {
            kind: [
                {"key": item.key, "before": item.before, "after": item.after}
                for item in changes
                if item.kind == kind
            ]
            for kind in ("new", "gone", "changed")
        }
        for name, changes in found.changes.items()
    }


def difference_lines(found: Differences) -> list[str]:
    """Return the differences as lines: how many, then the first of each table."""
    lines = []
    for name, changes in found.changes.items():
        kinds = [item.kind for item in changes]
        counts = ", ".join(f"{kinds.count(kind):,} {kind}" for kind in ("new", "gone", "changed"))
        lines.append(f"{name:9} {counts}")
        lines += [f"  {_line(item)}" for item in changes[:SHOWN]]
        if len(changes) > SHOWN:
            lines.append(f"  {len(changes) - SHOWN:,} more: --json prints all")
    return lines


def _line(change: Change) -> str:
    """Return one change as a line."""
    if change.kind != "changed":
        return as_one_line(f"{change.kind:7} {change.key}", 300)
    parts = [
        f"{name} {change.before.get(name, '')!r} -> {change.after.get(name, '')!r}"
        for name in dict.fromkeys((*change.before, *change.after))
    ]
    return as_one_line(f"changed {change.key}: {', '.join(parts)}", 600)
