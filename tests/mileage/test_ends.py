"""Both ends of a history: what the one neighbour contradicts is undecided, until another agrees."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from motomind_nb import mileage

WEEKS = [50_000 + 300 * week for week in range(11)]
DAYS = [7 * week for week in range(11)]


def history(miles: list[int], days: list[int], source: str = "fuel_logs") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "vehicle_id": "van",
            "date": np.datetime64("2023-03-01") + np.array(days).astype("timedelta64[D]"),
            "time": None,
            "miles": miles,
            "source": source,
        }
    )


def classes(readings: pd.DataFrame) -> list[str]:
    return mileage.reconstruct(readings)["class"].astype(str).tolist()


def current(readings: pd.DataFrame) -> int:
    return int(mileage.vehicles(readings)["current_miles"].iloc[0])


@pytest.mark.parametrize(
    ("after_days", "miles"),
    [
        (7, 93_300),
        (32, 113_200),
        (45, 323_000),
        (7, 531_800),
        (1, 54_500),
        (60, 60_000),
        (7, 40_000),
    ],
)
def test_a_last_reading_that_its_neighbour_contradicts(after_days: int, miles: int) -> None:
    readings = history([*WEEKS, miles], [*DAYS, DAYS[-1] + after_days])
    assert classes(readings) == ["on chain"] * 11 + ["undecided"]
    assert current(readings) == 53_000
    assert mileage.vehicles(readings)["verdict"].iloc[0] == "logical"


def test_ends_that_were_met_on_real_logs() -> None:
    weekly = [15_756 - 300 * week for week in range(10, -1, -1)]
    last = history([*weekly, 75_981], [*DAYS, DAYS[-1] + 32])
    assert classes(last)[-1] == "undecided" and current(last) == 15_756
    first = history([9_999, *(38_951 + 300 * week for week in range(11))], [-14, *DAYS])
    assert classes(first)[:2] == ["undecided", "on chain"]


@pytest.mark.parametrize(
    ("miles", "days", "event", "severity"),
    [
        ([*WEEKS, 93_300], [*DAYS, 77], "undecided", "warn"),
        ([*WEEKS[:5], 97_300, *WEEKS[5:]], [*DAYS[:5], 31, *DAYS[5:]], "spike", "warn"),
        ([*WEEKS, 93_300, 93_600], [*DAYS, 77, 84], "rate", "warn"),
        ([*WEEKS, 0], [*DAYS, 77], "no reading", "warn"),
        ([*WEEKS, 52_950, 53_600], [*DAYS, 77, 84], "decrease", "note"),
    ],
)
def test_a_logical_vehicle_has_its_events_with_their_severity(
    miles: list[int], days: list[int], event: str, severity: str
) -> None:
    readings = history(miles, days)
    assert mileage.vehicles(readings)["verdict"].iloc[0] == "logical"
    told = mileage.events(readings)[["event", "severity"]]
    assert told.to_numpy().tolist() == [[event, severity]]


@pytest.mark.parametrize(("before_days", "miles"), [(14, 21_000), (7, 5_300), (14, 80_000)])
def test_a_first_reading_that_its_neighbour_contradicts(before_days: int, miles: int) -> None:
    readings = history([miles, *WEEKS], [-before_days, *DAYS])
    assert classes(readings) == ["undecided"] + ["on chain"] * 11
    assert current(readings) == 53_000


@pytest.mark.parametrize(("days", "miles"), [(7, 53_900), (7, 54_400), (2, 53_950), (30, 54_900)])
def test_a_believable_end_stays(days: int, miles: int) -> None:
    last = history([*WEEKS, miles], [*DAYS, DAYS[-1] + days])
    first = history([103_000 - miles, *WEEKS], [-days, *DAYS])
    assert set(classes(last)) == set(classes(first)) == {"on chain"}
    assert current(last) == miles


def test_a_later_reading_puts_the_end_back() -> None:
    readings = history([*WEEKS, 93_300, 93_600], [*DAYS, 77, 84])
    assert set(classes(readings)) == {"on chain"}
    assert current(readings) == 93_600
    assert "1 stretch above 600 miles a day" in mileage.vehicles(readings)["reason"].iloc[0]
    early = history([9_700, 9_999, *WEEKS], [-21, -14, *DAYS])
    assert set(classes(early)) == {"on chain"}


def test_a_later_reading_on_the_old_line_makes_it_an_entry_error() -> None:
    readings = history([*WEEKS, 97_300, 53_600], [*DAYS, 77, 84])
    assert classes(readings)[-2:] == ["spike", "on chain"]
    assert current(readings) == 53_600


def test_neither_a_copy_nor_a_second_row_of_the_stop_confirms_an_end() -> None:
    twice = history([*WEEKS, 93_300, 93_300], [*DAYS, 77, 77])
    assert classes(twice)[-2:] == ["undecided"] * 2
    copy = pd.concat(
        [history([*WEEKS, 93_300], [*DAYS, 77]), history([93_300], [78], "odometer_readings")],
        ignore_index=True,
    )
    assert classes(copy)[-2:] == ["undecided"] * 2
    assert current(twice) == current(copy) == 53_000


def test_the_end_of_a_replaced_meter_is_an_end_too() -> None:
    new = [20 + 300 * week for week in range(8)]
    readings = history([*WEEKS, *new, 41_000], [*DAYS, *(77 + 7 * week for week in range(9))])
    assert classes(readings)[-1] == "undecided"
    assert current(readings) == new[-1]


def test_what_decides_is_a_rule() -> None:
    slow = history([*WEEKS, 55_500], [*DAYS, 77])
    assert classes(slow)[-1] == "undecided"
    for change in ({"journey_miles": 3_000}, {"own_rate_factor": 20.0}, {"own_rate_stretches": 20}):
        assert mileage.reconstruct(slow, mileage.Rules(**change))["on_chain"].all(), change  # type: ignore[arg-type]


def test_copies_shifted_by_a_day_do_not_vote() -> None:
    days = [day for day in range(30) for _ in range(2)]
    miles = [50_000 + 40 * stop for stop in range(60)]
    fuel = history(miles, [day + 1 for day in days])
    both = pd.concat([fuel, history(miles, days, "odometer_readings")], ignore_index=True)
    assert classes(both) == ["on chain"] * 60 + ["likely duplicate"] * 60
    reason = mileage.vehicles(both)["reason"].iloc[0]
    assert reason == "60 of 60 rows of odometer_readings repeat fuel_logs 1 day early"


@pytest.mark.parametrize("level", [0.7, 0.8, 0.9])
def test_guessed_service_mileages_disagree_and_are_not_another_car(level: float) -> None:
    fuel = history([50_000 + 300 * week for week in range(40)], [7 * week for week in range(40)])
    miles = [int(level * (50_000 + 600 * visit)) for visit in range(20)]
    service = history(miles, [14 * visit + 3 for visit in range(20)], "service_records")
    both = pd.concat([fuel, service], ignore_index=True)
    verdict = mileage.vehicles(both).iloc[0]
    assert "sources disagree" in verdict["reason"]
    assert "merged" not in verdict["reason"]
    assert verdict["current_miles"] == 61_700
