"""Comparing two sides: each cause alone, with ids and without, and balanced sums that hide it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motomind_nb import mileage
from motomind_nb.core import MotomindError
from motomind_nb.mileage.readings import date_text, day_number


def fleet(vehicles: int = 6, readings: int = 20) -> pd.DataFrame:
    """A fleet whose vehicles never show the same miles on the same day."""
    random = np.random.default_rng(4)
    rows = vehicles * readings
    steps = random.integers(50, 900, (vehicles, readings))
    miles = 1_000 + 40_000 * np.arange(vehicles)[:, None] + np.cumsum(steps, axis=1)
    days = np.cumsum(random.integers(1, 12, (vehicles, readings)), axis=1)
    return pd.DataFrame(
        {
            "vehicle_id": np.repeat([f"car {number}" for number in range(vehicles)], readings),
            "date": np.datetime64("2023-01-01") + days.ravel().astype("timedelta64[D]"),
            "time": [None] * rows,
            "miles": pd.array(miles.ravel(), dtype="Int64"),
            "source": "fuel_logs",
            "id": [f"row {number}" for number in range(rows)],
        }
    )


Change = Callable[[pd.DataFrame], pd.DataFrame]


def lost(side: pd.DataFrame) -> pd.DataFrame:
    return side.drop(index=25)


def redated(side: pd.DataFrame) -> pd.DataFrame:
    return side.assign(date=side["date"].mask(side.index == 25, side["date"] + pd.Timedelta("1D")))


def altered(side: pd.DataFrame) -> pd.DataFrame:
    return side.assign(miles=side["miles"].mask(side.index == 25, side["miles"] + 7))


def moved(side: pd.DataFrame) -> pd.DataFrame:
    return side.assign(vehicle_id=side["vehicle_id"].mask(side.index == 25, "car 4"))


def shifted(side: pd.DataFrame) -> pd.DataFrame:
    mine = side["vehicle_id"] == "car 1"
    return side.assign(date=side["date"].mask(mine, side["date"] + pd.Timedelta("1D")))


def merged(side: pd.DataFrame) -> pd.DataFrame:
    return side.replace({"vehicle_id": {"car 1": "car 4"}})


def split(side: pd.DataFrame) -> pd.DataFrame:
    late = (side["vehicle_id"] == "car 1") & (side.index >= 30)
    return side.assign(vehicle_id=side["vehicle_id"].mask(late, "car new"))


def tails_exchanged(side: pd.DataFrame) -> pd.DataFrame:
    """Counts per vehicle stay the same, and so do the sums of all."""
    one, two = side.index[30:40], side.index[90:100]
    vehicle = side["vehicle_id"].copy()
    vehicle[one], vehicle[two] = "car 4", "car 1"
    return side.assign(vehicle_id=vehicle)


def exchanged(side: pd.DataFrame) -> pd.DataFrame:
    return side.replace({"vehicle_id": {"car 1": "car 4", "car 4": "car 1"}})


CASES: list[tuple[Change, str, set[str]]] = [
    (lost, "lost", {"car 1"}),
    (redated, "re-dated", {"car 1"}),
    (altered, "altered", {"car 1"}),
    (moved, "moved", {"car 1", "car 4"}),
    (shifted, "re-dated", {"car 1"}),
    (merged, "merged", {"car 1", "car 4"}),
    (split, "split", {"car 1", "car new"}),
    (tails_exchanged, "merged", {"car 1", "car 4"}),
    (exchanged, "moved", {"car 1", "car 4"}),
]


@pytest.mark.parametrize("ids", [True, False], ids=["with ids", "without ids"])
@pytest.mark.parametrize(("change", "cause", "vehicles"), CASES, ids=[c[0].__name__ for c in CASES])
def test_cause(change: Change, cause: str, vehicles: set[str], ids: bool) -> None:
    before = fleet() if ids else fleet().drop(columns="id")
    after = change(before)
    found = mileage.compare(before, after)
    differ = found[~found["equal"]]
    assert set(differ["vehicle_id"]) == vehicles
    assert set(differ["cause"]) == {cause}
    assert differ["first_date"].notna().all()
    assert found.loc[found["equal"], ["first_date", "source_id"]].isna().all(axis=None)
    assert (found.loc[found["equal"], "cause"] == "").all()
    assert differ["source_id"].notna().all() == ids


def test_added_is_lost_the_other_way_round() -> None:
    found = mileage.compare(lost(fleet()), fleet())
    assert found.loc[~found["equal"], "cause"].tolist() == ["added"]


def test_first_diverging_reading_is_named() -> None:
    before = fleet()
    after = before.drop(index=[31, 27, 36])
    row = mileage.compare(before, after).set_index("vehicle_id").loc["car 1"]
    assert row["source_id"] == "row 27"
    assert row["first_date"] == before["date"][27]


def test_order_lost_with_the_times() -> None:
    before = fleet()
    before.loc[25, ["date", "miles"]] = before.loc[24, ["date", "miles"]].tolist()
    before.loc[25, "miles"] = before.loc[24, "miles"] - 20
    before.loc[24, "time"], before.loc[25, "time"] = "07:00", "18:00"
    found = mileage.compare(before, before.assign(time=None)).set_index("vehicle_id")
    assert found.loc["car 1", "cause"] == "order"
    assert found["equal"].sum() == 5


def test_a_parked_vehicle_that_shifts_is_redated_not_lost() -> None:
    before = fleet(1, 8).drop(columns="id")
    before["miles"] = 5_000
    before["date"] = pd.date_range("2024-01-01", periods=8)
    after = before.assign(date=before["date"] + pd.Timedelta("1D"))
    assert mileage.compare(before, after)["cause"].tolist() == ["re-dated"]


def test_null_miles_and_repeated_rows_match_one_to_one() -> None:
    before = pd.concat([fleet(2), fleet(2).iloc[[3, 3]].assign(miles=pd.NA)], ignore_index=True)
    before = before.drop(columns="id")
    assert mileage.compare(before, before.sample(frac=1, random_state=3))["equal"].all()
    reading = before.index[before["miles"].notna()][0]
    assert mileage.compare(before, before.drop(index=reading))["cause"].tolist() == ["lost", ""]


@pytest.mark.parametrize("with_ids", [True, False])
def test_an_event_without_miles_is_no_lost_or_added_reading(with_ids: bool) -> None:
    event = fleet(1).iloc[[3]].assign(miles=pd.NA, id="without miles")
    some = pd.concat([fleet(1), event], ignore_index=True)
    none = fleet(1)
    if not with_ids:
        some, none = some.drop(columns="id"), none.drop(columns="id")
    assert mileage.compare(some, none)["equal"].all()
    assert mileage.compare(none, some)["equal"].all()
    turned = none.assign(miles=none["miles"].mask(none.index == 5, none["miles"] + 1))
    assert mileage.compare(some, turned)["cause"].tolist() == ["altered"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("infinity", 2**31 - 1),
        ("-infinity", -(2**31)),
        ("1970-01-02", 1),
        ("0001-01-01", -719162),
        ("0001-12-31 BC", -719163),
        ("0044-03-15 BC", -735160),
        ("20000-01-01", 6585322),
        ("5874897-12-31", 2145042905),
    ],
)
def test_every_date_of_postgresql_is_read_and_written(text: str, day: int) -> None:
    assert day_number(text) == day
    assert date_text(day) == text


@pytest.mark.parametrize("text", ["20000-01-01", "infinity", "0044-03-15 BC"])
def test_dates_that_no_vehicle_has_are_refused_but_for_stored_ones(text: str) -> None:
    before = fleet(1)
    before["date"] = before["date"].astype(str).str[:10].astype(object)
    odd = before.assign(date=before["date"].mask(before.index == 4, text))
    for sides in ((odd, before), (before, odd)):
        with pytest.raises(MotomindError, match="first row 4: "):
            mileage.compare(*sides)
    assert len(mileage.reconstruct_stored(odd)) == len(odd)


def causes(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    found = mileage.compare(before, after)
    return list(found.loc[~found["equal"], "causes"])


@pytest.mark.parametrize("ids", [True, False], ids=["with ids", "without ids"])
def test_every_cause_is_told_with_its_number_and_first_date(ids: bool) -> None:
    before = fleet(1)
    after = before.drop(index=[3, 9]).assign(miles=before["miles"].mask(before.index == 5, 77_777))
    dates = [str(before["date"][place])[:10] for place in (3, 5)]
    if not ids:
        before, after = before.drop(columns="id"), after.drop(columns="id")
    assert causes(before, after) == [f"lost 2 from {dates[0]}; altered 1 from {dates[1]}"]
    assert causes(before, before) == []


@pytest.mark.parametrize("days", [2, 45, 900])
def test_redating_beyond_a_day_is_found_without_ids(days: int) -> None:
    before = fleet(2).drop(columns="id")
    later = before["date"] + pd.Timedelta(days=days)
    after = before.assign(date=before["date"].mask(before.index == 7, later))
    assert causes(before, after) == [f"re-dated 1 from {str(before['date'][7])[:10]}"]
    twice = pd.concat([before, before.iloc[[7]].assign(date=later[7] + pd.Timedelta("9D"))])
    assert "re-dated" not in causes(twice, pd.concat([after, after.iloc[[7]]]))[0] or days == 900


def test_ids_given_anew_never_beat_the_same_readings() -> None:
    before = fleet(3)
    for ids in (before["id"].tolist()[::-1], [*before["id"][1:], before["id"][0]]):
        assert mileage.compare(before, before.assign(id=ids))["equal"].all()
    anew = before.drop(index=30).assign(id=list(before["id"])[:-1])
    found = mileage.compare(before, anew)
    assert found.loc[~found["equal"], "causes"].tolist() == [
        f"lost 1 from {str(before['date'][30])[:10]}"
    ]


def test_ids_and_vehicles_of_other_types_are_matched() -> None:
    before = fleet(3)
    before["id"], before["vehicle_id"] = before.index, before.index // 20
    altered = before.assign(miles=before["miles"].mask(before.index == 25, 5))
    for kind in (float, str, "Int64", object):
        after = altered.assign(
            id=altered["id"].astype(kind), vehicle_id=altered["vehicle_id"].astype(kind)
        )
        found = mileage.compare(before, after)
        assert found["cause"].tolist() == ["", "altered", ""], kind


def test_vehicles_of_two_kinds_in_one_column_are_refused() -> None:
    mixed = fleet(1).assign(vehicle_id=[1, "1"] * 10)
    with pytest.raises(MotomindError, match="one kind in column vehicle_id"):
        mileage.compare(mixed, mixed)


def test_the_same_number_written_otherwise_is_equal() -> None:
    before = fleet(1)
    for kind in (float, object):
        after = before.assign(miles=before["miles"].astype(kind))
        assert mileage.compare(before, after)["equal"].all()
    other = before.assign(miles=[Decimal(f"{miles}.00") for miles in before["miles"]])
    assert mileage.compare(before, other)["equal"].all()
    other.loc[4, "miles"] += Decimal("0.25")
    with pytest.raises(MotomindError, match="whole miles"):
        mileage.compare(before, other)


def test_columns_and_types() -> None:
    found = mileage.compare(fleet(), lost(fleet()))
    assert found.dtypes.astype(str).to_dict() == {
        "vehicle_id": str(fleet()["vehicle_id"].dtype),
        "equal": "bool",
        "first_date": "datetime64[s]",
        "source_id": "object",
        "cause": "category",
        "causes": "str",
    }


@given(st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=25, deadline=None)
def test_any_order_of_rows_is_equal(random: object, ids: bool) -> None:
    before = fleet() if ids else fleet().drop(columns="id")
    order = list(range(len(before)))
    random.shuffle(order)  # type: ignore[attr-defined]
    after = before.iloc[order]
    copies = (before.copy(deep=True), after.copy(deep=True))
    assert mileage.compare(before, after)["equal"].all()
    pd.testing.assert_frame_equal(before, copies[0])
    pd.testing.assert_frame_equal(after, copies[1])


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_planted_changes_touch_their_vehicles_only(data: st.DataObject) -> None:
    before = fleet()
    rows = data.draw(st.lists(st.integers(0, len(before) - 1), min_size=1, max_size=5, unique=True))
    after = before.drop(index=rows)
    found = mileage.compare(before, after)
    hit = set(before.loc[rows, "vehicle_id"])
    assert set(found.loc[~found["equal"], "vehicle_id"]) == hit
    assert set(found["cause"]) <= {"lost", ""}


def test_vehicles_of_any_kind() -> None:
    ids = [uuid.UUID(int=number) for number in range(6)]
    before = fleet()
    before["vehicle_id"] = pd.Series([ids[int(name[4:])] for name in before["vehicle_id"]])
    found = mileage.compare(before, lost(before))
    assert found["vehicle_id"].tolist() == ids
    as_text = before.assign(vehicle_id=before["vehicle_id"].astype(str))
    mixed = mileage.compare(as_text, lost(before))
    assert mixed["vehicle_id"].tolist() == [str(one) for one in ids]
    assert mixed["cause"].tolist() == found["cause"].tolist()
    assert set(mileage.compare(before, before.iloc[:0])["cause"]) == {"lost"}
