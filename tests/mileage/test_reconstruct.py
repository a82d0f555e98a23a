"""Property tests: clean stays clean, what is planted is found, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motomind_nb import mileage

START = date(2022, 1, 1)
QUIET = {"on chain", "same-day order"}


def frame(
    miles: list[int | None], days: list[int] | None = None, vehicle: str = "A"
) -> pd.DataFrame:
    days = days or [5 * number for number in range(len(miles))]
    return pd.DataFrame(
        {
            "vehicle_id": vehicle,
            "date": [START + timedelta(day) for day in days],
            "time": None,
            "miles": pd.array(miles, dtype="Int64"),
            "source": "fuel_logs",
        }
    )


@st.composite
def clean_histories(draw: st.DrawFn, least: int = 0) -> pd.DataFrame:
    """Vehicles that never drive more than 580 miles a day; some readings have a time."""
    vehicles = []
    for vehicle in range(draw(st.integers(1, 3))):
        gaps = draw(
            st.lists(
                st.tuples(st.integers(0, 40), st.integers(0, 580), st.booleans()),
                min_size=least,
                max_size=30,
            )
        )
        day, miles, minute, rows = 0, draw(st.integers(1, 150_000)), 0, []
        for wanted, rate, timed in gaps:
            # at most two readings a day: more than that has to share the day's 580 miles
            gap = wanted or (1 if len(rows) > 1 and rows[-2][1] == day else 0)
            minute = 60 if gap else minute + 660
            day, miles = day + gap, miles + rate * max(gap, 1)
            clock = f"{minute // 60:02d}:{minute % 60:02d}:{len(rows) % 60:02d}" if timed else None
            rows.append((vehicle, day, clock, miles))
        vehicles += rows
    found = pd.DataFrame(vehicles, columns=["vehicle_id", "day", "time", "miles"])
    found["date"] = [START + timedelta(day) for day in found.pop("day")]
    return found.assign(source="fuel_logs")


@given(clean_histories(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_subset_of_clean_histories_stays_clean(history: pd.DataFrame, random: object) -> None:
    chosen = [number for number in range(len(history)) if random.random() < 0.7]  # type: ignore[attr-defined]
    subset = history.iloc[chosen]
    found = mileage.reconstruct(subset)
    off = found[~found["on_chain"]]
    dates = subset.groupby("vehicle_id")["date"]
    ends = (subset["date"] == dates.transform("min")) | (subset["date"] == dates.transform("max"))
    # a car that is left standing after a journey: its own pace contradicts the one end before that
    assert ends[off.index].all()
    assert set(off["class"]) <= {"undecided", "no reading"}
    assert set(found.loc[found["on_chain"], "class"]) <= QUIET
    verdicts = mileage.vehicles(subset)
    assert set(verdicts["verdict"]) <= {"logical", "no judgement"}


@given(clean_histories(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_order_of_rows_and_input_do_not_matter(history: pd.DataFrame, random: object) -> None:
    before = history.copy(deep=True)
    order = list(range(len(history)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = history.iloc[order]
    found = mileage.reconstruct(shuffled)
    assert found.index.equals(shuffled.index)
    pd.testing.assert_frame_equal(found.sort_index(), mileage.reconstruct(history))
    pd.testing.assert_frame_equal(history, before)


# high enough that a planted step is none of a low odometer, which it multiplies
lines = st.tuples(
    st.integers(30_000, 150_000), st.lists(st.integers(70, 1_500), min_size=14, max_size=40)
)


def line_of(start: int, steps: list[int]) -> list[int]:
    miles = [start]
    for step in steps:
        miles.append(miles[-1] + step)
    return miles


@given(st.sampled_from([1, 5, 40, 300, 1_000, 2_500, 6_000, 30_000, 90_000]), lines, st.data())
@settings(max_examples=60, deadline=None)
def test_a_planted_spike_is_found_and_nothing_else(
    start: int, line: tuple[int, list[int]], data: st.DataObject
) -> None:
    miles = line_of(start, line[1])
    place = data.draw(st.integers(3, len(miles) - 4))
    # below two readings before, or above all: else the reading beside it may be the wrong one
    lower = st.integers(3, max(miles[place - 2] - 63, 3))
    higher = st.integers(miles[-1] + 200, 900_000)
    low = miles[place - 2] > 66 and data.draw(st.booleans())
    miles[place] = data.draw(lower if low else higher)
    found = mileage.reconstruct(frame(miles))
    assert found.index[~found["on_chain"]].tolist() == [place]
    assert found["class"][place] in ("spike", "digit")
    verdict = mileage.vehicles(frame(miles)).iloc[0]
    assert (verdict["verdict"], verdict["current_miles"]) == ("logical", miles[-1])


@given(lines, st.data())
@settings(max_examples=60, deadline=None)
def test_a_planted_step_is_found_and_nothing_else(
    line: tuple[int, list[int]], data: st.DataObject
) -> None:
    miles = line_of(line[0] + 30_000, line[1])
    place = data.draw(st.integers(4, len(miles) - 4))
    dropped = [value - miles[place] + 37 for value in miles[place:]]
    found = mileage.reconstruct(frame(miles[:place] + dropped))
    assert found["on_chain"].all()
    assert found["chain"].tolist() == [1] * place + [2] * len(dropped)
    assert found.index[found["class"] == "step"].tolist() in ([place], [])
    assert set(found["class"]) <= {"on chain", "step", "rollover"}
    verdict = mileage.vehicles(frame(miles[:place] + dropped)).iloc[0]
    assert verdict["current_miles"] == dropped[-1]
    assert "replaced" in verdict["reason"] or "rollover" in verdict["reason"]


@given(lines, st.data())
@settings(max_examples=60, deadline=None)
def test_planted_swapped_readings_are_found_and_nothing_else(
    line: tuple[int, list[int]], data: st.DataObject
) -> None:
    miles = line_of(*line)
    place = data.draw(st.integers(3, len(miles) - 5))
    miles[place], miles[place + 1] = miles[place + 1], miles[place]
    found = mileage.reconstruct(frame(miles))
    off = found.index[~found["on_chain"]].tolist()
    assert off in ([place], [place + 1])


@given(lines, lines, st.data())
@settings(max_examples=60, deadline=None)
def test_planted_merged_vehicles_are_named(
    one: tuple[int, list[int]], two: tuple[int, list[int]], data: st.DataObject
) -> None:
    first = line_of(*one)
    second = line_of(first[-1] + data.draw(st.integers(40_000, 300_000)), two[1])
    two_cars_are_told(first, second)


def two_cars_are_told(first: list[int], second: list[int]) -> None:
    """Two cars under one id are named, unless the one might be the other in kilometres."""
    both = under_one_id(first, second)
    verdict = mileage.vehicles(both).iloc[0]
    assert verdict["verdict"] == "illogical"
    if abs(second[0] / first[0] / 1.609344 - 1) > 0.1:
        assert "merged" in verdict["reason"]
    assert "hours" not in verdict["reason"]
    chains = mileage.reconstruct(both)
    assert chains["on_chain"].mean() > 0.9


def under_one_id(first: list[int], second: list[int]) -> pd.DataFrame:
    """Two histories of one vehicle that run side by side."""
    early, late = ([5 * place for place in range(len(miles))] for miles in (first, second))
    cars = [frame(first, early), frame(second, [day + 2 for day in late])]
    return pd.concat(cars, ignore_index=True)


# the steps of two cars that were once taken for engine hours and miles, and how far apart they are
STEADY = [70] * 5
BUSY = [70, 175, 70, 180, 70, 171, 70, 134, 171, 926, 121, 70]
ENDING = [955, 70, 70]
TAKEN_FOR_HOURS = {
    "five times the miles": (
        [70, 70, 70, 70, 221, 149, 191, 70, 70, 70, 221, 116, 74, *BUSY],
        [70, 71, 121, 70, 904, *STEADY, 70, 70, 70, 655],
        119_055,
    ),
    "nine times the miles": (
        [
            70,
            70,
            70,
            626,
            70,
            70,
            70,
            284,
            *STEADY[:4],
            1293,
            70,
            70,
            70,
            619,
            *STEADY[:4],
            *ENDING,
        ],
        [*STEADY, 1353, 70, 70, 857, *STEADY],
        246_742,
    ),
    "a slow and a fast car": ([70] * 24, [700] * 24, 250_000),
    "equal steps": ([70] * 24, [70] * 14, 250_000),
}


@pytest.mark.parametrize("name", TAKEN_FOR_HOURS)
def test_two_cars_are_no_engine_hours(name: str) -> None:
    one, two, height = TAKEN_FOR_HOURS[name]
    first = line_of(30_000, one)
    two_cars_are_told(first, line_of(first[-1] + height, two))


def test_an_engine_that_runs_some_hours_a_day_is_told() -> None:
    # the same shape as two cars, with the growth of a meter of hours: 7 hours in five days
    hours, miles = line_of(3_000, [7] * 24), line_of(30_000, [70] * 24)
    assert "engine hours" in mileage.vehicles(under_one_id(hours, miles)).iloc[0]["reason"]


def test_a_day_of_shift_changes_nothing_in_one_history() -> None:
    miles = line_of(10_000, [300] * 20)
    shifted = frame(miles, [5 * number - 1 for number in range(len(miles))])
    assert mileage.reconstruct(shifted)["on_chain"].all()


def test_each_vehicle_stands_alone() -> None:
    first, second = frame([100, 400, 90, 700, 900], vehicle="B"), frame([5, 60, 130], vehicle="A")
    both = pd.concat([first, second], ignore_index=True)
    together = mileage.reconstruct(both)
    alone = pd.concat([mileage.reconstruct(part) for part in (first, second)], ignore_index=True)
    pd.testing.assert_frame_equal(together, alone)
    assert mileage.vehicles(both)["vehicle_id"].tolist() == ["A", "B"]
