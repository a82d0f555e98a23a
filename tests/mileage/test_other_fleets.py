"""Fleets unlike the cars that the rules were fitted on: right when clean, and a slip is found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from motomind_nb import mileage


def history(days: list[int], miles: list[int]) -> pd.DataFrame:
    date = np.datetime64("1988-03-01") + np.array(days)
    return pd.DataFrame({"vehicle_id": "v", "date": date, "miles": miles, "source": "fuel_logs"})


def steady(start: int, every: int, rise: int, readings: int = 30) -> pd.DataFrame:
    """A vehicle read every so many days that drives so many miles in between."""
    return history(
        [place * every for place in range(readings)],
        [start + place * rise for place in range(readings)],
    )


FLEETS = {
    "new motorcycle": steady(2, 30, 210),
    "old motorcycle in summer only": history(
        [365 * (place // 5) + 30 * (place % 5) for place in range(30)],
        [11_000 + 310 * place for place in range(30)],
    ),
    "trailer": steady(2_300, 30, 45),
    "taxi": steady(40_000, 1, 300),
    "busy taxi": steady(40_000, 1, 590),
    "truck every week": steady(300_000, 7, 3_900),
    "beyond a million": steady(960_000, 3, 1_650),
    "classic": steady(88_000, 180, 25),
    "read once a year": steady(7, 365, 12_000),
    "sold and bought again": history(
        [30 * place + (2_900 if place > 14 else 0) for place in range(30)],
        [40_000 + 800 * place + (63_000 if place > 14 else 0) for place in range(30)],
    ),
    "two decades in a barn": history(
        [60 * place + (7_400 if place > 14 else 0) for place in range(30)],
        [31_000 + 900 * place for place in range(30)],
    ),
}


@pytest.mark.parametrize("name", FLEETS)
def test_a_clean_history_is_right(name: str) -> None:
    readings = FLEETS[name]
    assert mileage.reconstruct(readings)["on_chain"].all()
    told = mileage.vehicles(readings).iloc[0]
    assert told["verdict"] == "logical"
    assert told["current_miles"] == readings["miles"].iloc[-1]


@pytest.mark.parametrize("name", FLEETS)
@pytest.mark.parametrize("place", [0, 12, 29])
def test_a_slip_is_set_aside_and_nothing_else(name: str, place: int) -> None:
    readings = FLEETS[name].copy()
    readings.loc[place, "miles"] += 700_000
    found = mileage.reconstruct(readings)
    assert found.index[~found["on_chain"]].tolist() == [place]
    right = readings["miles"].drop(index=place).iloc[-1]
    assert mileage.vehicles(readings)["current_miles"].tolist() == [right]


@pytest.mark.parametrize("unit", ["mi", "km"])
def test_a_meter_of_five_digits_passes_its_highest_number(unit: str) -> None:
    readings = steady(95_040, 20, 260, 60)
    readings["miles"] %= 100_000
    told = mileage.vehicles(readings, unit=unit).iloc[0]
    assert (told["verdict"], told["current_miles"]) == ("logical", readings["miles"].iloc[-1])
    assert mileage.reconstruct(readings, unit=unit)["chain"].max() == 2
    without = readings[readings["miles"] >= 95_040]
    assert mileage.reconstruct(without, unit=unit)["chain"].max() == 1


@pytest.mark.parametrize("imported", [3, 5, 15, 27])
def test_kilometres_until_the_import_and_miles_after_it(imported: int) -> None:
    readings = steady(60_000, 30, 900)
    readings.loc[: imported - 1, "miles"] = (
        readings.loc[: imported - 1, "miles"] * 1.609344
    ).astype(int)
    told = mileage.vehicles(readings).iloc[0]
    assert told["current_miles"] == readings["miles"].iloc[-1]
    classes = mileage.reconstruct(readings)["class"].astype(str)
    assert (classes[:imported] == "unit").all() and (classes[imported:] == "on chain").all()


@pytest.mark.parametrize("miles_a_day", [700, 1_000])
def test_a_truck_with_two_drivers_is_never_silent(miles_a_day: int) -> None:
    """Beyond what is believed it is not reconstructed (LIMITS.md); a fleet's own rules do it."""
    readings = steady(300_000, 7, 7 * miles_a_day)
    told = mileage.vehicles(readings).iloc[0]
    assert told["verdict"] == "no judgement"
    assert "29 readings stay off" in told["reason"]
    own = mileage.Rules(warning_miles_per_day=1_300)
    told = mileage.vehicles(readings, rules=own).iloc[0]
    assert (told["verdict"], told["current_miles"]) == ("logical", readings["miles"].iloc[-1])
