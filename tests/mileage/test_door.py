"""What the library takes, what it refuses in one line, and what it makes of times and dates."""

from __future__ import annotations

import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from motomind_nb import mileage
from motomind_nb.core import MotomindError
from motomind_nb.mileage import Rules


def weeks(size: int = 30) -> pd.DataFrame:
    days = np.arange(size) * 7
    return pd.DataFrame(
        {
            "vehicle_id": 12,
            "date": np.datetime64("2023-10-02") + days.astype("timedelta64[D]"),
            "time": None,
            "miles": 50_000 + 300 * np.arange(size),
            "source": "fuel_logs",
        }
    )


def text_dates(size: int = 30) -> pd.DataFrame:
    return weeks(size).assign(date=lambda rows: rows["date"].astype(str).str[:10].astype(object))


NO_DATES = [
    *(20240206, "20240206", "24-02-06", -1, "-1", "2024", "", "NaT", 2024, 1.5, True, "infinity"),
    *("2024-13-01", "2024-02-30", "1884-12-31", "2101-01-01", datetime.date(1700, 1, 1)),
]


@pytest.mark.parametrize("value", NO_DATES)
def test_what_is_no_date_is_refused_with_its_row(value: object) -> None:
    readings = text_dates()
    readings.index = readings.index + 100
    readings.at[107, "date"] = value
    for function in (mileage.reconstruct, mileage.vehicles, mileage.events):
        with pytest.raises(MotomindError) as raised:
            function(readings)
        assert "\n" not in str(raised.value)
        assert "date" in str(raised.value)
        assert "107" in str(raised.value)


def test_a_column_of_numbers_is_no_column_of_dates() -> None:
    for dates in (20240206, 1.0, True):
        with pytest.raises(MotomindError, match="dates in column date"):
            mileage.vehicles(weeks().assign(date=dates))


def test_the_time_may_be_missing() -> None:
    found = mileage.reconstruct(weeks().drop(columns="time"))
    pd.testing.assert_frame_equal(found, mileage.reconstruct(weeks()))


@pytest.mark.parametrize("kind", ["float64", "Int64", "Float64", "int32", "object", "category"])
def test_whole_miles_of_any_kind(kind: str) -> None:
    found = mileage.reconstruct(weeks().assign(miles=weeks()["miles"].astype(kind)))
    pd.testing.assert_frame_equal(found, mileage.reconstruct(weeks()))


def test_decimals_zones_and_categories() -> None:
    plain = mileage.vehicles(weeks())
    decimals = weeks().assign(miles=[Decimal(f"{miles}.0") for miles in weeks()["miles"]])
    zoned = weeks().assign(date=weeks()["date"].dt.tz_localize("Asia/Tokyo"))
    categories = weeks().astype({"source": "category", "vehicle_id": "category"})
    for readings in (decimals, zoned, categories):
        found = mileage.vehicles(readings)
        assert found["current_miles"].tolist() == plain["current_miles"].tolist()


@pytest.mark.parametrize(
    ("miles", "said"),
    [(0.5, "whole miles"), (2**31, "32 bits"), (-(2**40), "32 bits"), (1e300, "32 bits")],
)
def test_miles_that_would_be_changed_are_refused(miles: float, said: str) -> None:
    readings = weeks()
    readings["miles"] = readings["miles"].astype(float)
    readings.loc[3, "miles"] = miles
    with pytest.raises(MotomindError, match=f"{said}.*row 3"):
        mileage.vehicles(readings)


def test_other_shapes_are_refused() -> None:
    twice = pd.concat([weeks(), weeks()[["miles"]]], axis=1)
    for readings, said in (
        (weeks()["miles"], "a Series"),
        (weeks().to_dict("records"), "a list"),
        (weeks().to_dict(), "a dict"),
        (None, "a NoneType"),
        (twice, "miles twice"),
        (weeks().assign(vehicle_id=[1, "b"] * 15), "one kind"),
    ):
        for function in (mileage.reconstruct, mileage.vehicles):
            with pytest.raises(MotomindError, match=said):
                function(readings)  # type: ignore[arg-type]


def journey(times: list[str]) -> pd.DataFrame:
    """Readings with times, two of them on neighbouring days at a quarter to and a quarter past."""
    size = len(times)
    return weeks(size).assign(
        date=np.datetime64("2024-03-01") + np.arange(size).astype("timedelta64[D]"),
        time=times,
        miles=50_000 + 550 * np.arange(size),
    )


@pytest.mark.parametrize(
    "times",
    [
        ["12:00"] * 12,
        ["09:17"] * 8 + ["18:50", "09:05", "11:00", "10:01"],
        ["08:01", "10:22", *["17:31"] * 7, "12:13", "09:09", "10:10"],
    ],
)
def test_a_placeholder_is_no_time(times: list[str]) -> None:
    readings = journey(times)
    readings.loc[5, "date"] = readings.loc[4, "date"]
    assert "an hour" not in mileage.vehicles(readings)["reason"][0]
    assert mileage.reconstruct(readings)["on_chain"].all()


def test_true_times_are_believed() -> None:
    times = [f"{8 + place % 9:02d}:{7 * place % 60:02d}" for place in range(12)]
    readings = journey(times)
    readings.loc[5, ["date", "time"]] = [readings.loc[4, "date"], "12:29"]
    assert "1 stretch above 250 miles an hour" in mileage.vehicles(readings)["reason"][0]


@pytest.mark.parametrize(
    ("place", "year", "month"),
    [(10, "2023", "02"), (10, "2024", "12"), (20, "2014", "02"), (20, "2025", "02")],
)
def test_a_slip_in_the_date(place: int, year: str, month: str) -> None:
    readings = text_dates()
    true = str(readings["date"][place])
    readings.loc[place, "date"] = f"{year}-{month}-{true[8:]}"
    wrong = [a != b for a, b in zip(readings["date"][place], true, strict=True)]
    found = mileage.reconstruct(readings)
    assert found["class"].astype(str).drop(place).eq("on chain").all()
    if sum(wrong) == 1:
        assert found["class"][place] == "date"
        assert found["suggestion"][place] == int(true.replace("-", ""))
    else:
        assert found["class"][place] != "on chain"


def test_wrong_miles_are_no_slip_of_the_date() -> None:
    readings = text_dates()
    readings.loc[12, "miles"] = 50_000 + 300 * 12 + 2_000
    assert mileage.reconstruct(readings)["class"][12] == "digit"


def test_readings_of_the_future_take_no_part() -> None:
    day = int(np.datetime64("2024-01-01").astype("datetime64[D]").astype(int))
    found = mileage.reconstruct(weeks(), Rules(latest_day=day))
    future = (weeks()["date"] > "2024-01-01").to_numpy()
    assert ((found["class"] == "future date") == future).all()
    assert not found["on_chain"][future].any()
    assert mileage.vehicles(weeks(), Rules(latest_day=day))["current_miles"][0] == 53_900
    far = pd.concat(
        [weeks(3), weeks(1).assign(date=pd.Timestamp("2062-03-05"), miles=50_900)],
        ignore_index=True,
    )
    assert mileage.reconstruct(far)["class"].tolist()[-1] == "undecided"
