"""Readings in another unit: a part of a history, all of it, and engine hours in turn with miles."""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from motomind_nb import mileage
from motomind_nb.core import MotomindError

SIZE = 40
PLACE = np.arange(SIZE)
PARTS = {
    "second half": PLACE >= 20,
    "first half": PLACE < 20,
    "every third": PLACE % 3 == 0,
    "every fifth": PLACE % 5 == 0,
    "every other": PLACE % 2 == 1,
}
RATIOS = {"kilometres": 1.609344, "metres": 1609.344, "thousandths": 1000.0}


def history(miles: npt.ArrayLike, days: npt.ArrayLike) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "vehicle_id": "lorry",
            "date": np.datetime64("2022-05-01") + np.asarray(days).astype("timedelta64[D]"),
            "miles": np.rint(miles).astype(np.int64),
            "source": "odometer_readings",
        }
    )


def drive(seed: int, size: int = SIZE) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Miles and days of a vehicle that drives as most do."""
    random = np.random.default_rng(seed)
    days = np.cumsum(random.integers(3, 14, size))
    rate, start = random.lognormal(3.5, 0.5), random.integers(2_000, 90_000)
    driven = rate * np.diff(days, prepend=0) * random.lognormal(0, 0.35, size)
    return (start + np.cumsum(driven)).astype(np.int64), days


@pytest.mark.parametrize("part", list(PARTS))
@pytest.mark.parametrize("ratio", list(RATIOS))
def test_a_part_in_another_unit(part: str, ratio: str) -> None:
    for seed in range(4):
        miles, days = drive(seed)
        readings = history(np.where(PARTS[part], miles * RATIOS[ratio], miles), days)
        found = mileage.reconstruct(readings)
        assert ((found["class"] == "unit") == PARTS[part]).all(), seed
        assert (found["suggestion"] - miles)[PARTS[part]].abs().max() <= 1
        verdict = mileage.vehicles(readings).iloc[0]
        assert verdict["verdict"] == "illogical"
        assert abs(verdict["current_miles"] - miles[-3]) <= miles[-1] - miles[-3]
        if part == "second half":
            assert abs(verdict["current_miles"] - miles[-1]) <= 1
        assert "unit" in mileage.events(readings)["event"].tolist()


def test_the_second_half_in_thousands_of_miles() -> None:
    miles, days = drive(1)
    readings = history(np.where(PLACE >= 20, miles / 1000, miles), days)
    assert ((mileage.reconstruct(readings)["class"] == "unit") == (PLACE >= 20)).all()
    assert abs(mileage.vehicles(readings)["current_miles"][0] - miles[-1]) <= 500


@pytest.mark.parametrize("part", [*PARTS, "first quarter", "three quarters"])
@pytest.mark.parametrize("ratio", [*RATIOS.values(), 0.001])
def test_scores_by_factor_and_by_place(part: str, ratio: float) -> None:
    """Of 55 and 55,400 the miles a day tell which is the slip."""
    flags = {**PARTS, "first quarter": PLACE < 10, "three quarters": PLACE < 30}[part]
    drives = [drive(seed) for seed in range(100, 112)]
    parts = [
        history(np.where(flags, miles * ratio, miles), days).assign(vehicle_id=number)
        for number, (miles, days) in enumerate(drives)
    ]
    readings = pd.concat(parts, ignore_index=True)
    classes = mileage.reconstruct(readings)["class"].to_numpy().reshape(-1, SIZE)
    found = ((classes == "unit") == flags)[:, 1:].all(axis=1).sum()
    current = mileage.vehicles(readings)["current_miles"].fillna(0).to_numpy(dtype=float)
    true = np.array([miles[-1] for miles, _ in drives])
    wrong = (np.abs(current - true) > 0.1 * true).sum()
    print(f"{part} x {ratio}: {found} of {len(drives)} exact, {wrong} wrong current mileages")
    # a first part of few thousands is within what may be driven
    assert found >= len(drives) - 3
    assert wrong <= 1


@pytest.mark.parametrize("start", [0, 12, 400, 2_500])
@pytest.mark.parametrize("rate", [1.5, 4.0, 30.0, 290.0])
def test_small_mileages_and_odd_fleets_are_in_miles(start: int, rate: float) -> None:
    """Trailers, motorcycles, new cars and taxis; days, weeks and years apart.

    What is driven less than a mile a day gets no judgement below 1,000 (standing_miles_per_day).
    """
    random = np.random.default_rng(int(start + rate))
    parts = []
    for number, gap in enumerate((1, 7, 30, 365)):
        days = np.cumsum(random.integers(gap, 2 * gap + 1, SIZE))
        miles = start + np.cumsum(rate * np.diff(days, prepend=0) * random.lognormal(0, 0.3, SIZE))
        parts.append(history(miles, days).assign(vehicle_id=number)[miles < 900_000])
    found = mileage.reconstruct(pd.concat(parts, ignore_index=True))
    assert not (found["class"] == "unit").any()


@pytest.mark.parametrize("ratio", [1609.344, 1000.0, 0.001])
def test_a_whole_history_in_another_unit_has_no_current_mileage(ratio: float) -> None:
    miles, days = drive(3)
    verdict = mileage.vehicles(history(miles * ratio, days)).iloc[0]
    assert (verdict["verdict"], verdict["current_miles"] is pd.NA) == ("no judgement", True)
    assert "unit: all readings" in verdict["reason"]


def test_plain_histories_are_in_miles() -> None:
    for seed in range(20):
        miles, days = drive(seed)
        assert mileage.vehicles(history(miles, days))["reason"][0] == "all 40 readings on one chain"


def test_a_new_meter_is_not_another_unit() -> None:
    miles, days = drive(2)
    new = np.where(PLACE >= 20, miles - miles[20] + 60, miles)
    assert "replaced" in mileage.vehicles(history(new, days))["reason"][0]
    stepped = np.where(PLACE >= 20, miles - miles[20] + 9_000, miles)
    assert "unit" not in mileage.vehicles(history(stepped, days))["reason"][0]


@pytest.mark.parametrize("start", [0, 100, 1_000, 2_000, 3_000])
@pytest.mark.parametrize("step", [1.59, 1.609344, 1.64])
def test_one_step_is_no_change_of_unit_where_the_pace_stays(start: int, step: float) -> None:
    random = np.random.default_rng(start)
    for at in (12, 20, 28):
        driven = 150 * random.lognormal(0, 0.2, SIZE)
        miles = start + np.cumsum(driven)
        miles += np.where(at <= PLACE, (step - 1) * miles[at - 1], 0)
        readings = history(miles, 7 * PLACE)
        assert "unit" not in mileage.vehicles(readings)["reason"][0], at
        assert mileage.vehicles(readings)["current_miles"][0] == round(miles[-1])
        found = mileage.reconstruct(readings)
        assert found["on_chain"].all()


@pytest.mark.parametrize("start", [4_000, 30_000, 90_000])
def test_one_step_is_a_change_of_unit_where_the_pace_follows(start: int) -> None:
    random = np.random.default_rng(start)
    for at in (12, 20, 28):
        miles = start + np.cumsum(150 * random.lognormal(0, 0.2, SIZE))
        readings = history(np.where(at <= PLACE, 1.609344, 1) * miles, 7 * PLACE)
        assert "another unit" in mileage.vehicles(readings)["reason"][0], at
        assert abs(mileage.vehicles(readings)["current_miles"][0] - miles[-1]) <= 1


def test_kilometres_are_read_as_kilometres() -> None:
    for seed in range(4):
        miles, days = drive(seed)
        readings = history(miles * 1.609344, days)
        turned = mileage.vehicles(readings, unit="km").iloc[0]
        assert turned["reason"] == "all 40 readings on one chain"
        assert turned["current_miles"] == readings["miles"].iloc[-1]
        part = history(np.where(PLACE % 3 == 0, miles, miles * 1.609344), days)
        found = mileage.reconstruct(part, unit="km")
        # nothing contradicts the first reading, which is the lower one
        assert ((found["class"] == "unit") == (PLACE % 3 == 0))[1:].all(), seed
    slow = history([20_000, 20_300, 28_000, 28_300, 28_600], [0, 7, 14, 21, 28])
    assert "above 966 kilometres a day" in mileage.vehicles(slow, unit="km")["reason"][0]
    assert mileage.compare(slow, slow, unit="km")["equal"].all()
    for function in (mileage.reconstruct, mileage.vehicles, mileage.events):
        with pytest.raises(MotomindError, match="mi or km"):
            function(slow, unit="furlong")


def engine(seed: int, ratio: float, share: float) -> tuple[pd.DataFrame, int]:
    """A fire engine that keys hours in a share of its readings, and 18 % of all wrongly."""
    random = np.random.default_rng(seed)
    size = 60
    days = np.cumsum(random.integers(2, 9, size))
    start = random.integers(3_000, 60_000)
    driven = random.lognormal(2.5, 0.6, size) * np.diff(days, prepend=0)
    miles = (start + np.cumsum(driven)).astype(np.int64)
    keyed = np.where(random.random(size) < share, (miles / ratio).astype(np.int64), miles)
    for place in np.flatnonzero(random.random(size) < 0.18):
        text = str(keyed[place])
        at = random.integers(0, len(text))
        keyed[place] = int(text[:at] + str(random.integers(0, 10)) + text[at + 1 :])
    return history(keyed, days), int(miles[-1])


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
@pytest.mark.parametrize("ratio", [5.8, 8.0, 12.0])
def test_engine_hours_of_fire_engines(ratio: float, share: float) -> None:
    named, wrong = 0, 0
    for seed in range(6):
        readings, last = engine(seed, ratio, share)
        verdict = mileage.vehicles(readings).iloc[0]
        named += "engine hours" in verdict["reason"]
        current = verdict["current_miles"]
        wrong += current is not pd.NA and not 0.9 * last < current < 1.1 * last
    assert named == 6
    assert wrong <= 1


def test_a_long_history_costs_no_more_than_many_short_ones() -> None:
    random = np.random.default_rng(5)
    size = 30_000
    miles = 2_000 + np.cumsum(random.integers(0, 20, size))
    # wrong readings at all ratios to the true ones, those of units among them
    wrong = random.random(size) < 0.01
    readings = history(
        np.where(wrong, miles * random.uniform(0.1, 3, size), miles), np.arange(size) // 2
    )
    short = readings.assign(vehicle_id=np.arange(size) // 100)
    seconds = []
    for frame in (readings, short):
        start = time.process_time()
        found = mileage.reconstruct(frame)
        seconds.append(time.process_time() - start)
        assert not (found["class"] == "unit").any()
    assert seconds[0] < 2 * seconds[1]
