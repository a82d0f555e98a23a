"""The audit of the mileage: every vehicle reconstructed before and after, and compared."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import numpy as np
import pandas as pd

from motomind_nb import sql
from motomind_nb.database import Connection, rows
from motomind_nb.findings import Finding
from motomind_nb.mileage import outcome
from motomind_nb.mileage.causes import CAUSES, MERGED, SPLIT
from motomind_nb.mileage.classes import Classes, classes_of
from motomind_nb.mileage.gathering import Gathering
from motomind_nb.mileage.history import History, history_of
from motomind_nb.mileage.keeping import Keeper
from motomind_nb.mileage.packed import SIDES, Chunk, chunks, uuid_of
from motomind_nb.mileage.readings import Readings
from motomind_nb.mileage.rules import Rules
from motomind_nb.mileage.verdicts import Verdicts, verdicts_of

COLUMNS = {
    "vehicle_id": "object", "name": "object", "equal": "bool", "verdict": "str", "reason": "str",
    "before_miles": "Int64", "after_miles": "Int64", "naive_before_miles": "Int64",
    "naive_after_miles": "Int64", "before_verdict": "str", "before_reason": "str",
    "before_readings": "int64", "after_readings": "int64", "first_date": "object", "cause": "str",
    "source_table": "str", "source_id": "str",
}  # fmt: skip


@dataclass(frozen=True)
class Audit:
    """The outcome: `vehicles`, one row each (columns: see `audit`), and the findings."""

    vehicles: pd.DataFrame
    findings: list[Finding]


def audit(connection: Connection, run_id: str, rules: Rules) -> Audit:
    """Reconstruct and compare all vehicles of the stage and of the rebuilt schema.

    Writes: audit.reading (the readings of both sides that are more than a plain reading on its
    chain), in place of those of an earlier pass of the run. Never commits.

    Columns of vehicles, ordered by vehicle_id:
        vehicle_id: UUID; name: text or None.
        equal: bool, the same readings on the same dates in the same order.
        verdict, reason: text, of the rebuilt side (before_verdict, before_reason: of the legacy).
        before_miles, after_miles: Int64, miles, the last reading on a chain.
        naive_before_miles, naive_after_miles: Int64, miles, as the two schemas' views say.
        before_readings, after_readings: int64, number of events that can state an odometer.
        first_date: date or None, cause, source_table, source_id: text ('' where equal), of the
            first diverging reading.
    """
    known = {row["vehicle_id"]: row for row in rows(connection, sql.query("mileage/names"))}
    tenants = {vehicle: row["tenant_id"] for vehicle, row in known.items()}
    gathering, keeper = Gathering(), Keeper(connection, run_id, tenants)
    found: list[dict[str, object]] = []
    for chunk in chunks(connection, rules):
        gathering.add(chunk)
        found += _vehicles(chunk, keeper, rules)
    keeper.finish()
    _add_comparison(found, gathering, rules)
    read = {row["vehicle_id"] for row in found}
    found += [_unread(vehicle) for vehicle in known if vehicle not in read]
    _add_views(connection, found, known)
    vehicles = pd.DataFrame(found, columns=list(COLUMNS)).astype(COLUMNS)
    vehicles = vehicles.sort_values("vehicle_id", ignore_index=True)
    return Audit(vehicles, outcome.findings(vehicles))


def _vehicles(chunk: Chunk, keeper: Keeper, rules: Rules) -> list[dict[str, object]]:
    """Reconstruct both sides of a chunk; return a row per vehicle."""
    results: list[tuple[Readings, History, Classes, Verdicts]] = []
    for name, side in zip(SIDES, chunk.sides, strict=True):
        if results and _same(results[0][0], side.readings):
            history, classes, verdicts = results[0][1:]
        else:
            history = history_of(side.readings, rules)
            classes = classes_of(history, rules)
            verdicts = verdicts_of(history, classes, rules)
        results.append((side.readings, history, classes, verdicts))
        keeper.keep(name, chunk, side, (history, classes))
    return [
        {"vehicle_id": vehicle, **_row(number, results[0], results[1])}
        for number, vehicle in enumerate(chunk.vehicles)
    ]


def _same(before: Readings, after: Readings) -> bool:
    """Return whether both sides hold the same readings, so that one reconstruction serves both."""
    names = ("vehicle", "moment", "seconds", "miles", "source")
    return all(np.array_equal(getattr(before, name), getattr(after, name)) for name in names)


def _row(
    number: int,
    before: tuple[Readings, History, Classes, Verdicts],
    after: tuple[Readings, History, Classes, Verdicts],
) -> dict[str, object]:
    row: dict[str, object] = {
        "verdict": after[3].verdict[number],
        "reason": after[3].reason[number],
        "before_verdict": before[3].verdict[number],
        "before_reason": before[3].reason[number],
    }
    for name, (readings, _, _, verdicts) in zip(SIDES, (before, after), strict=True):
        place = int(verdicts.current[number])
        row[f"{name}_miles"] = int(readings.miles[place]) if place >= 0 else None
        row[f"{name}_readings"] = int(verdicts.readings[number])
    return row


def _unread(vehicle: UUID) -> dict[str, object]:
    """Return the row of a vehicle without any event that states an odometer."""
    text = {"verdict": "no judgement", "reason": "no readings", "before_verdict": "no judgement",
            "before_reason": "no readings"}  # fmt: skip
    return {"vehicle_id": vehicle, **text, "equal": True, "cause": "", "source_table": "",
            "source_id": "", "before_readings": 0, "after_readings": 0}  # fmt: skip


def _add_comparison(found: list[dict[str, object]], gathering: Gathering, rules: Rules) -> None:
    """Add what the comparison says of each vehicle (the rows are in order of their numbers)."""
    firsts, merged, split = gathering.conclude(rules)
    for row in found:
        row |= {"equal": True, "first_date": None, "cause": "", "source_table": "", "source_id": ""}
    names = [*rules.source_order, "unknown"]
    for first in firsts.tolist():
        vehicle, day, cause, source, high, low = first
        cause = MERGED if merged[vehicle] else SPLIT if split[vehicle] else cause
        found[vehicle] |= {
            "equal": False, "first_date": np.datetime64(day, "D").item(), "cause": CAUSES[cause],
            "source_table": names[source], "source_id": str(uuid_of(high, low)),
        }  # fmt: skip


def _add_views(
    connection: Connection, found: list[dict[str, object]], known: dict[UUID, dict[str, object]]
) -> None:
    """Add the names, and the current mileage as the two schemas' own views give it."""
    for side in SIDES:
        view = rows(connection, sql.query(f"mileage/naive_{side}"))
        naive = {row["vehicle_id"]: row["miles"] for row in view}
        for row in found:
            row[f"naive_{side}_miles"] = naive.get(row["vehicle_id"])
    for row in found:
        row["name"] = known.get(row["vehicle_id"], {}).get("name")  # type: ignore[call-overload]
