"""The audit of the mileage: every vehicle reconstructed before and after, and compared."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pandas as pd
from psycopg.rows import args_row

from motomind_nb.core import Finding, Tell, no_progress
from motomind_nb.mileage.auditing import outcome
from motomind_nb.mileage.auditing.keeping import Keeper
from motomind_nb.mileage.auditing.packed import SIDES, Chunk, chunks
from motomind_nb.mileage.auditing.reconstruction import Reconstruction, reconstruction
from motomind_nb.mileage.auditing.today import rules_of_today
from motomind_nb.mileage.auditing.vehicle_table import FoundVehicles, Known, no_vehicles
from motomind_nb.mileage.comparison import Gathering
from motomind_nb.mileage.history import Remark
from motomind_nb.mileage.rules import Rules
from motomind_nb.postgres import Connection, query


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
    known = {row.vehicle: row for row in _known(connection)}
    tenants = {vehicle: row.tenant for vehicle, row in known.items()}
    gathering, keeper = Gathering(), Keeper(connection, run_id, tenants)
    found, remarks = FoundVehicles(), dict[UUID, list[Remark]]()
    for chunk in chunks(connection, rules):
        old, new = (side.listed(chunk.start) for side in chunk.sides)
        gathering.add(old, new, chunk.start, len(chunk.vehicles))
        before, after = _reconstructions(chunk, keeper, rules)
        found.add(chunk.vehicles, before.verdicts, after.verdicts)
        for remark in after.verdicts.remarks:
            remarks.setdefault(chunk.vehicles[remark.vehicle], []).append(remark)
        tell("vehicles", len(found), max(len(known), len(found)))
    keeper.finish()
    vehicles = found.frame(known, gathering.conclude(rules), rules)
    for side in SIDES:
        _add_view(connection, vehicles, side)
    deleted = frozenset(vehicle for vehicle, row in known.items() if row.deleted)
    return Audit(vehicles, outcome.findings(vehicles, remarks, deleted))


def nothing_audited() -> Audit:
    """Return an audit without a vehicle: nothing could be read."""
    return Audit(no_vehicles(), [])


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


def _known(connection: Connection) -> list[Known]:
    """Return what the schemas know of the vehicles of either side. Reads only."""
    with connection.cursor(row_factory=args_row(Known)) as cursor:
        return cursor.execute(query("mileage/names")).fetchall()


def _add_view(connection: Connection, vehicles: pd.DataFrame, side: str) -> None:
    """Add the current mileage as the own view of a side's schema gives it."""
    with connection.cursor() as cursor:
        cursor.execute(query(f"mileage/naive_{side}"))
        naive = dict(cursor.fetchall())
    column = [naive.get(vehicle) for vehicle in vehicles["vehicle_id"]]
    vehicles[f"naive_{side}_miles"] = pd.array(column, dtype="Int64")
