"""The audit of the mileage: every vehicle reconstructed before and after, and compared."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pandas as pd

from motomind_nb.core import Finding, Tell, no_progress
from motomind_nb.mileage.auditing import outcome
from motomind_nb.mileage.auditing.keeping import Keeper
from motomind_nb.mileage.auditing.packed import SIDES, Chunk, chunks, uuid_of
from motomind_nb.mileage.auditing.reconstruction import Reconstruction, reconstruction
from motomind_nb.mileage.auditing.today import rules_of_today
from motomind_nb.mileage.comparison import Gathering, all_causes, main_cause
from motomind_nb.mileage.readings import date_text
from motomind_nb.mileage.rules import Rules
from motomind_nb.postgres import Connection, query, rows

COLUMNS = {
    "vehicle_id": "object",
    "name": "object",
    "equal": "bool",
    "verdict": "str",
    "reason": "str",
    "before_miles": "Int64",
    "after_miles": "Int64",
    "naive_before_miles": "Int64",
    "naive_after_miles": "Int64",
    "before_verdict": "str",
    "before_reason": "str",
    "before_readings": "int64",
    "after_readings": "int64",
    "first_date": "object",
    "cause": "str",
    "causes": "str",
    "source_table": "str",
    "source_id": "str",
}


@dataclass(frozen=True)
class Audit:
    """The outcome: `vehicles`, one row each (columns: see `audit`), and the findings."""

    vehicles: pd.DataFrame
    findings: list[Finding]


def audit(connection: Connection, run_id: str, rules: Rules, tell: Tell = no_progress) -> Audit:
    """Reconstruct and compare all vehicles of the stage and of the rebuilt schema.

    ``tell`` hears how many of them are done.

    Writes: audit.reading (the readings of both sides that are more than a plain reading on its
    chain), in place of those of an earlier pass of the run. Never commits.

    Columns of vehicles, ordered by vehicle_id:
        vehicle_id: UUID; name: text or None.
        equal: bool, the same readings on the same dates in the same order.
        verdict, reason: text, of the rebuilt side (before_verdict, before_reason: of the legacy).
        before_miles, after_miles: Int64, miles, the last reading on a chain.
        naive_before_miles, naive_after_miles: Int64, miles, as the two schemas' views say.
        before_readings, after_readings: int64, number of events that can state an odometer.
        first_date (None where equal), cause, source_table, source_id ('' where equal): text, of
            the first diverging reading; causes: text, all of them with numbers and first dates.
    """
    rules = rules_of_today(connection, rules)
    known = {row["vehicle_id"]: row for row in rows(connection, query("mileage/names"))}
    tenants = {vehicle: row["tenant_id"] for vehicle, row in known.items()}
    gathering, keeper = Gathering(), Keeper(connection, run_id, tenants)
    found: list[dict[str, object]] = []
    remarks: outcome.Remarks = {}
    for chunk in chunks(connection, rules):
        old, new = (side.listed(chunk.start) for side in chunk.sides)
        gathering.add(old, new, chunk.start, len(chunk.vehicles))
        before, after = _reconstructions(chunk, keeper, rules)
        found += [
            {"vehicle_id": vehicle, **_row(number, before, after)}
            for number, vehicle in enumerate(chunk.vehicles)
        ]
        for remark in after.verdicts.remarks:
            remarks.setdefault(chunk.vehicles[remark.vehicle], []).append(remark)
        tell("vehicles", len(found), max(len(known), len(found)))
    keeper.finish()
    _add_comparison(found, gathering, rules)
    read = {row["vehicle_id"] for row in found}
    found += [_unread(vehicle) for vehicle in known if vehicle not in read]
    _add_views(connection, found, known)
    vehicles = pd.DataFrame(found, columns=list(COLUMNS)).astype(COLUMNS)
    vehicles = vehicles.sort_values("vehicle_id", ignore_index=True)
    deleted = frozenset(vehicle for vehicle, row in known.items() if row["deleted"])
    return Audit(vehicles, outcome.findings(vehicles, remarks, deleted))


def nothing_audited() -> Audit:
    """Return an audit without a vehicle: nothing could be read."""
    return Audit(pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS), [])


def _reconstructions(
    chunk: Chunk, keeper: Keeper, rules: Rules
) -> tuple[Reconstruction, Reconstruction]:
    """Reconstruct both sides of a chunk, and keep what is odd."""
    first, second = (side.readings for side in chunk.sides)
    before = reconstruction(first, rules)
    after = before.of_other_side(second, rules)
    for name, side, found in zip(SIDES, chunk.sides, (before, after), strict=True):
        keeper.keep(name, chunk, side, found)
    return before, after


def _row(number: int, before: Reconstruction, after: Reconstruction) -> dict[str, object]:
    row: dict[str, object] = {
        "verdict": after.verdicts.verdict[number],
        "reason": after.verdicts.reason[number],
        "before_verdict": before.verdicts.verdict[number],
        "before_reason": before.verdicts.reason[number],
    }
    for name, side in zip(SIDES, (before, after), strict=True):
        miles = int(side.verdicts.current_miles[number])
        row[f"{name}_miles"] = miles if miles >= 0 else None
        row[f"{name}_readings"] = int(side.verdicts.readings[number])
    return row


def _unread(vehicle: UUID) -> dict[str, object]:
    """Return the row of a vehicle without any event that states an odometer."""
    text = {
        "verdict": "no judgement",
        "reason": "no readings",
        "before_verdict": "no judgement",
        "before_reason": "no readings",
    }
    return {
        "vehicle_id": vehicle,
        **text,
        "equal": True,
        "cause": "",
        "causes": "",
        "source_table": "",
        "source_id": "",
        "before_readings": 0,
        "after_readings": 0,
    }


def _add_comparison(found: list[dict[str, object]], gathering: Gathering, rules: Rules) -> None:
    """Add what the comparison says of each vehicle (the rows are in order of their numbers)."""
    outcome = gathering.conclude(rules)
    equal = {"equal": True, "first_date": None, "cause": "", "source_table": "", "source_id": ""}
    for row in found:
        row |= {**equal, "causes": ""}
    names = [*rules.source_order, "unknown"]
    causes = all_causes(outcome)
    for vehicle, day, cause, _, high, low, source in outcome.firsts.tolist():
        found[vehicle] |= {
            "equal": False,
            "first_date": date_text(day),
            "cause": main_cause(outcome, vehicle, cause),
            "causes": causes[vehicle],
            "source_table": names[source],
            "source_id": str(uuid_of(high, low)),
        }


def _add_views(
    connection: Connection, found: list[dict[str, object]], known: dict[UUID, dict[str, object]]
) -> None:
    """Add the names, and the current mileage as the two schemas' own views give it."""
    for side in SIDES:
        view = rows(connection, query(f"mileage/naive_{side}"))
        naive = {row["vehicle_id"]: row["miles"] for row in view}
        for row in found:
            row[f"naive_{side}_miles"] = naive.get(row["vehicle_id"])
    for row in found:
        row["name"] = known.get(row["vehicle_id"], {}).get("name")  # type: ignore[call-overload]
