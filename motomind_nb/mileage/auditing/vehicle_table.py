"""The table of the audited vehicles, gathered column by column: no objects for each vehicle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
import pandas as pd

from motomind_nb.mileage.auditing.packed import SIDES, uuid_of
from motomind_nb.mileage.comparison import Outcome, all_causes, main_cause
from motomind_nb.mileage.history import Verdicts
from motomind_nb.mileage.readings import Integers, date_text
from motomind_nb.mileage.rules import NO_JUDGEMENT, Rules

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
UNREAD = "no readings"


class Known(NamedTuple):
    """What the schemas know of a vehicle; deleted: in the rebuilt one."""

    vehicle: UUID
    name: str | None
    tenant: UUID | None
    deleted: bool


@dataclass
class FoundSide:
    """What is found of the vehicles of one side, part after part.

    verdict, reason: one element per vehicle. miles, readings: one array per part.
    """

    verdict: list[str] = field(default_factory=list)
    reason: list[str] = field(default_factory=list)
    miles: list[Integers] = field(default_factory=list)
    readings: list[Integers] = field(default_factory=list)

    def add(self, found: Verdicts) -> None:
        """Add the verdicts of the next vehicles."""
        self.verdict += found.verdict
        self.reason += found.reason
        self.miles.append(found.current_miles)
        self.readings.append(found.readings)

    def add_unread(self, count: int) -> None:
        """Add so many vehicles without any event that states an odometer."""
        self.verdict += [NO_JUDGEMENT] * count
        self.reason += [UNREAD] * count
        self.miles.append(np.full(count, -1))
        self.readings.append(np.zeros(count, dtype=np.int64))


@dataclass
class FoundVehicles:
    """What is found of all vehicles, in the order in which they are read."""

    vehicles: list[UUID] = field(default_factory=list)
    sides: dict[str, FoundSide] = field(
        default_factory=lambda: {name: FoundSide() for name in SIDES}
    )

    def __len__(self) -> int:
        return len(self.vehicles)

    def add(self, vehicles: Sequence[UUID], before: Verdicts, after: Verdicts) -> None:
        """Add what both sides say of the next vehicles."""
        self.vehicles += vehicles
        for name, found in zip(SIDES, (before, after), strict=True):
            self.sides[name].add(found)

    def frame(self, known: Mapping[UUID, Known], outcome: Outcome, rules: Rules) -> pd.DataFrame:
        """Return the table of `audit`, by vehicle_id, without what the views say.

        Those of the known vehicles that were not read have no readings.
        """
        read = set(self.vehicles)
        unread = [vehicle for vehicle in known if vehicle not in read]
        self.vehicles += unread
        columns: dict[str, Any] = {
            "vehicle_id": self.vehicles,
            "name": [known[v].name if v in known else None for v in self.vehicles],
            **_differences(outcome, len(self.vehicles), rules),
        }
        for name, side in self.sides.items():
            side.add_unread(len(unread))
            miles = np.concatenate(side.miles)
            columns[f"{name}_miles"] = pd.arrays.IntegerArray(miles, miles < 0)
            columns[f"{name}_readings"] = np.concatenate(side.readings)
            columns[f"{name}_verdict"], columns[f"{name}_reason"] = side.verdict, side.reason
        columns["verdict"], columns["reason"] = columns["after_verdict"], columns["after_reason"]
        found = pd.DataFrame({name: columns.get(name) for name in COLUMNS}).astype(COLUMNS)
        return found.sort_values("vehicle_id", ignore_index=True)


def no_vehicles() -> pd.DataFrame:
    """Return the table without a row."""
    return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)


def _differences(outcome: Outcome, count: int, rules: Rules) -> dict[str, Any]:
    """Return what the comparison says of so many vehicles, column by column."""
    equal = np.ones(count, dtype=np.bool_)
    dates: list[str | None] = [None] * count
    texts = {name: [""] * count for name in ("cause", "causes", "source_table", "source_id")}
    names = [*rules.source_order, "unknown"]
    causes = all_causes(outcome)
    for vehicle, day, cause, _, high, low, source in outcome.firsts.tolist():
        equal[vehicle], dates[vehicle] = False, date_text(day)
        texts["cause"][vehicle] = main_cause(outcome, vehicle, cause)
        texts["causes"][vehicle] = causes[vehicle]
        texts["source_table"][vehicle] = names[source]
        texts["source_id"][vehicle] = str(uuid_of(high, low))
    return {"equal": equal, "first_date": pd.Series(dates, dtype="object"), **texts}
