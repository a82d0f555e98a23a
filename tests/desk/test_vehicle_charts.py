"""Which vehicles notebook 04 draws one by one, and that each chart holds its own readings."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pandas as pd
import pytest

from motomind_nb import runs
from motomind_nb.desk import mileage

CLEAN, ODD, OTHER, ALONE, UNDRAWN = (UUID(int=number) for number in range(1, 6))


def vehicle(number: UUID, name: str, equal: bool) -> dict[str, object]:
    """A row of the audited vehicles, as far as a chart reads it."""
    first = "" if equal else "2024-02-01"
    cause = "" if equal else "altered"
    return {"vehicle_id": number, "name": name, "equal": equal, "first_date": first, "cause": cause}


def readings(number: UUID, side: str, miles: list[int]) -> pd.DataFrame:
    """A history in which 9 miles are off the line."""
    dates = [f"2024-0{month}-01" for month in range(1, len(miles) + 1)]
    table = pd.DataFrame({"date": dates, "miles": miles}).assign(side=side, vehicle_id=number)
    odd = table.miles == 9
    return table.assign(chain=1, on_chain=~odd, **{"class": odd.map({True: "spike", False: ""})})


@pytest.fixture(scope="module")
def shown() -> mileage.Mileage:
    """Five vehicles, of which one has no reading drawn and one none before."""
    vehicles = pd.DataFrame(
        [
            vehicle(CLEAN, "clean", True),
            vehicle(ODD, "odd", True),
            vehicle(OTHER, "other", False),
            vehicle(ALONE, "alone", False),
            vehicle(UNDRAWN, "undrawn", False),
        ]
    )
    sides = [
        readings(CLEAN, "before", [10, 20, 30]),
        readings(OTHER, "before", [10, 20]),
        readings(ODD, "before", [10, 9, 30, 9]),
        readings(ALONE, "after", [5, 6, 7, 8, 10]),
        readings(ODD, "after", [10, 9, 30, 9]),
        readings(OTHER, "after", [10, 25]),
        readings(CLEAN, "after", [10, 20, 30]),
    ]
    histories = pd.concat(sides, ignore_index=True)
    run = runs.Run(Path(), runs.Sample("sample"), runs.Embedded(), None)
    return mileage.Mileage(run, vehicles, histories, pd.DataFrame())


def test_vehicles_that_differ_or_have_an_odd_reading_are_drawn(shown: mileage.Mileage) -> None:
    assert [chart.title for chart in shown.vehicle_charts()] == [
        "odd: same history before and after; 2 readings stand off the line",
        "other: the history differs from 2024-02-01 on (altered)",
        "alone: the history differs from 2024-02-01 on (altered)",
    ]


def test_each_chart_holds_the_readings_of_its_own_vehicle(shown: mileage.Mileage) -> None:
    said = [chart.svg for chart in shown.vehicle_charts()]
    for text, counts in zip(said, [(4, 4), (2, 2), (0, 5)], strict=True):
        assert f"{counts[0]} readings before, {counts[1]} after" in text
