"""One small history for each class, verdict and reason, and for input that can't be read."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from motomind_nb import mileage
from motomind_nb.core import MotomindError
from motomind_nb.mileage import rules

LINE = [20_000, 20_300, 20_600, 20_900, 21_200, 21_500, 21_800, 22_100, 22_400, 22_700]


def readings(miles: list[int | None], **columns: object) -> pd.DataFrame:
    days = np.arange(len(miles)) * 7
    frame = pd.DataFrame(
        {
            "vehicle_id": "A",
            "date": np.datetime64("2024-01-01") + days.astype("timedelta64[D]"),
            "time": None,
            "miles": pd.array(miles, dtype="Int64"),
            "source": "fuel_logs",
        }
    )
    return frame.assign(**columns)  # type: ignore[arg-type]


def classes(miles: list[int | None], **columns: object) -> list[str]:
    return mileage.reconstruct(readings(miles, **columns))["class"].astype(str).tolist()


def with_value(place: int, value: int | None) -> list[int | None]:
    line: list[int | None] = [*LINE]
    line[place] = value
    return line


def reason(frame: pd.DataFrame) -> str:
    return str(mileage.vehicles(frame)["reason"].iloc[0])


def test_columns_and_types() -> None:
    found = mileage.reconstruct(readings([*LINE]))
    assert found.dtypes.astype(str).to_dict() == {
        "chain": "int64",
        "on_chain": "bool",
        "class": "category",
        "suggestion": "Int64",
    }
    assert tuple(found["class"].cat.categories) == rules.CLASSES
    verdicts = mileage.vehicles(readings([*LINE]))
    assert list(verdicts) == ["vehicle_id", "verdict", "reason", "current_miles"]
    assert verdicts["current_miles"].dtype == "Int64"


@pytest.mark.parametrize("value", [None, 0, -5, 1, 2, 1111, 1234, 888_888])
def test_no_reading(value: int | None) -> None:
    assert classes(with_value(4, value))[4] == "no reading"
    assert mileage.vehicles(readings(with_value(4, value)))["verdict"].iloc[0] == "logical"


def test_a_placeholder_on_the_line_is_a_reading() -> None:
    assert classes([950, 1000, 1111, 1200, 1300, 1400]) == ["on chain"] * 6


@pytest.mark.parametrize(
    ("value", "suggested"),
    [(91_200, 21_200), (2_120, 21_202), (211_200, 21_200), (12_200, None)],
)
def test_digit(value: int, suggested: int | None) -> None:
    found = mileage.reconstruct(readings(with_value(4, value)))
    assert found["class"].astype(str)[4] == "digit"
    assert not found["on_chain"][4]
    assert 20_900 <= found["suggestion"][4] <= 21_500
    assert found["suggestion"].drop(4).isna().all()
    if suggested is not None:
        assert abs(found["suggestion"][4] - suggested) <= 10


def test_spike() -> None:
    assert classes(with_value(4, 77_777))[4] == "spike"


def test_two_wrong_readings_in_a_row_are_spikes() -> None:
    line = with_value(4, 77_777)
    line[5] = 78_888
    found = mileage.reconstruct(readings(line))
    assert found["class"].astype(str).tolist()[4:6] == ["spike", "spike"]
    assert found["on_chain"].sum() == 8


def test_step_stays_low() -> None:
    line = [80_000, 80_300, 80_600, 80_900, 71_000, 71_300, 71_600, 71_900]
    found = mileage.reconstruct(readings([*line]))
    assert found["chain"].tolist() == [1] * 4 + [2] * 4
    assert found["class"].astype(str)[4] == "step"
    assert "fraud" not in reason(readings([*line]))
    verdict = mileage.vehicles(readings([*line])).iloc[0]
    assert (verdict["verdict"], verdict["current_miles"]) == ("illogical", 71_900)


def test_replaced() -> None:
    line = [80_000, 80_300, 80_600, 80_900, 12, 310, 640, 930]
    assert "replaced" in reason(readings([*line]))
    assert mileage.vehicles(readings([*line]))["current_miles"].iloc[0] == 930


def test_new_vehicle_that_drives_past_the_old_one() -> None:
    line = [10_000, 14_000, 18_000, 22_000, 26_000, 40, 8_000, 16_000, 24_000, 32_000, 40_000]
    found = mileage.reconstruct(
        readings([*line], date=pd.date_range("2022", periods=11, freq="QS"))
    )
    assert found["chain"].tolist() == [1] * 5 + [2] * 6
    assert found["on_chain"].all()


def test_rollover() -> None:
    line = [98_800, 99_100, 99_400, 99_700, 10, 300, 620, 900]
    found = mileage.reconstruct(readings([*line]))
    assert found["class"].astype(str)[4] == "rollover"
    verdict = mileage.vehicles(readings([*line])).iloc[0]
    assert verdict["verdict"] == "logical"
    assert "rollover" in verdict["reason"]


def test_undecided_last_reading() -> None:
    found = mileage.reconstruct(readings(with_value(9, 535_000)))
    assert found["class"].astype(str)[9] == "undecided"
    assert mileage.vehicles(readings(with_value(9, 535_000)))["current_miles"].iloc[0] == 22_400


def test_decrease_within_tolerance_stays_on_the_chain() -> None:
    found = mileage.reconstruct(readings(with_value(4, 20_850)))
    assert found["on_chain"].all()
    assert "1 decrease within 62 miles" in reason(readings(with_value(4, 20_850)))
    strict = mileage.reconstruct(readings(with_value(4, 20_850)), mileage.Rules(tolerance_miles=0))
    assert not strict["on_chain"].all()


def test_likely_duplicate_pairs_one_to_one() -> None:
    frame = pd.concat(
        [
            readings([*LINE]),
            readings([*LINE], source="odometer_readings").assign(
                date=lambda rows: rows["date"] - pd.Timedelta(days=1)
            ),
            readings([*LINE]).iloc[[3]],
        ],
        ignore_index=True,
    )
    found = mileage.reconstruct(frame)
    assert found["class"].astype(str)[10:20].eq("likely duplicate").all()
    assert found["class"].astype(str)[[3, 20]].eq("on chain").all()
    assert "10 of 10 rows of odometer_readings repeat fuel_logs 1 day early" in reason(frame)


def test_two_rows_of_one_stop_are_not_duplicates() -> None:
    frame = pd.concat([readings([*LINE]), readings([*LINE])], ignore_index=True)
    assert set(mileage.reconstruct(frame)["class"]) == {"on chain"}


def test_same_day_order_is_no_finding() -> None:
    frame = readings([100, 400, 450, 900, 1300]).assign(
        date=pd.to_datetime(["2024-01-01", "2024-01-05", "2024-01-05", "2024-01-09", "2024-01-12"]),
        time=["08:00", None, "09:30", "07:15", None],
    )
    found = mileage.reconstruct(frame)
    assert found["on_chain"].all()
    assert found["class"].astype(str).tolist()[1] == "same-day order"
    assert reason(frame) == "all 5 readings on one chain"


def test_true_times_of_one_day_are_believed() -> None:
    frame = readings([53_000, 54_000, 53_500, 54_300, 54_800]).assign(
        date=pd.to_datetime(["2024-01-01", "2024-01-05", "2024-01-05", "2024-01-09", "2024-01-12"]),
        time=["08:00", "08:10", "19:30", "07:15", "10:00"],
    )
    assert mileage.reconstruct(frame)["on_chain"].sum() == 4


def test_merged_vehicles() -> None:
    both = [
        mile for pair in zip(LINE, [value + 61_000 for value in LINE], strict=True) for mile in pair
    ]
    found = mileage.reconstruct(readings([*both]))
    assert found["chain"].tolist() == [1, 2] * 10
    assert "merged" in reason(readings([*both]))


def test_unit_is_of_the_vehicle() -> None:
    both = [round(mile * (1.609344 if place % 2 else 1)) for place, mile in enumerate(LINE * 1)]
    long = [
        round(mile * (1.609344 if place % 2 else 1))
        for place, mile in enumerate(range(20_000, 29_000, 300))
    ]
    assert len(both) == 10
    found = mileage.reconstruct(readings([*long]))
    assert (found["class"].astype(str) == "unit").sum() == 15
    assert "another unit" in reason(readings([*long]))
    assert mileage.vehicles(readings([*long]))["current_miles"].iloc[0] == long[-2]


def test_engine_hours_in_turn_with_miles() -> None:
    line = [
        mile if place % 2 else mile // 15 for place, mile in enumerate(range(20_000, 29_000, 300))
    ]
    assert "engine hours" in reason(readings([*line]))
    assert mileage.vehicles(readings([*line]))["current_miles"].iloc[0] == line[-1]


def test_no_judgement() -> None:
    few = mileage.vehicles(readings([100, 200])).iloc[0]
    assert (few["verdict"], few["current_miles"]) == ("no judgement", 200)
    none = mileage.vehicles(readings([None, 0])).iloc[0]
    assert none["verdict"] == "no judgement"
    assert pd.isna(none["current_miles"])


def test_fast_stretches_are_mentioned() -> None:
    assert "1 stretch above 600 miles a day" in reason(readings([100, 400, 9_400, 9_700, 9_900]))
    year = readings([100, 26_000, 26_100], date=["2022-01-01", "2023-01-05", "2023-02-01"])
    assert "1 year of 25000 miles" in reason(year)


def test_many_kinds_of_input_give_the_same() -> None:
    plain = readings([*LINE], time="08:30:00")
    plain["time"] = [f"{hour:02d}:30:00" for hour in range(8, 18)]
    other = plain.assign(
        date=[day.date() for day in plain["date"]],
        time=[datetime.time(hour, 30) for hour in range(8, 18)],
        miles=plain["miles"].astype(float),
        vehicle_id=7,
    )
    pd.testing.assert_frame_equal(mileage.reconstruct(plain), mileage.reconstruct(other))
    text = plain.assign(date=plain["date"].astype(str), time=np.arange(8, 18) * 3600 + 1800)
    pd.testing.assert_frame_equal(mileage.reconstruct(plain), mileage.reconstruct(text))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"miles": "many"}, "numbers in column miles"),
        ({"miles": True}, "numbers in column miles"),
        ({"miles": float("inf")}, "finite numbers"),
        ({"date": "soon"}, "dates in column date"),
        ({"date": 20240101}, "dates in column date"),
        ({"date": None}, "a date in every row"),
        ({"time": "late"}, "times of day"),
        ({"time": 90_000}, "times of day"),
        ({"vehicle_id": None}, "a vehicle_id in every row"),
        ({"source": None}, "a source in every row"),
    ],
)
def test_unreadable_input_is_one_clear_line(change: dict[str, object], said: str) -> None:
    frame = readings([*LINE]).assign(**change)  # type: ignore[arg-type]
    for function in (mileage.reconstruct, mileage.vehicles):
        with pytest.raises(MotomindError, match=said) as raised:
            function(frame)
        assert "\n" not in str(raised.value)


def test_missing_columns_are_named() -> None:
    with pytest.raises(MotomindError, match="no date, miles"):
        mileage.reconstruct(readings([*LINE]).drop(columns=["date", "miles"]))


def test_empty_input() -> None:
    empty = readings([])
    assert mileage.reconstruct(empty).empty
    assert mileage.vehicles(empty).empty
    assert mileage.compare(empty, empty).empty


@pytest.mark.parametrize("cars", [2, 3, 4])
@pytest.mark.parametrize("wrong", [False, True])
def test_an_id_shared_by_several_cars_tells_how_many(cars: int, wrong: bool) -> None:
    levels = [8_000, 41_000, 97_000, 160_000][:cars]
    miles = [
        level + 220 * week + 60 * car for week in range(24) for car, level in enumerate(levels)
    ]
    if wrong:
        miles[30] += 200_000
    dates = pd.date_range("2021-02-01", periods=len(miles), freq="2D")
    shared = readings([*miles], date=dates)
    told = {2: "two", 3: "3", 4: "4"}[cars]
    assert f"merged: {told} interleaved histories in one id" in reason(shared)
    assert mileage.reconstruct(shared)["on_chain"].sum() == len(miles) - wrong
