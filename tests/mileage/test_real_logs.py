"""The four real logs run through with the outcome that data/README.md describes."""

from __future__ import annotations

import pandas as pd
import pytest
import real_logs

from motomind_nb import mileage


@pytest.fixture(scope="module")
def logs() -> pd.DataFrame:
    return real_logs.readings()


@pytest.fixture(scope="module")
def found(logs: pd.DataFrame) -> pd.DataFrame:
    return logs.join(mileage.reconstruct(logs))


@pytest.fixture(scope="module")
def verdicts(logs: pd.DataFrame) -> pd.DataFrame:
    return mileage.vehicles(logs).set_index("vehicle_id")


def test_truck_has_no_finding(
    logs: pd.DataFrame, found: pd.DataFrame, verdicts: pd.DataFrame
) -> None:
    assert not (mileage.events(logs)["vehicle_id"] == "Truck").any()
    truck = verdicts.loc["Truck"]
    assert truck["verdict"] == "logical"
    assert truck["reason"] == "all 64 readings on one chain"
    assert truck["current_miles"] == 68_160
    assert set(found.loc[found["vehicle_id"] == "Truck", "class"]) == {"on chain"}


def test_commuter(found: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    commuter = verdicts.loc["Commuter"]
    assert commuter["current_miles"] == 21_062
    assert commuter["verdict"] == "logical"
    assert commuter["reason"] == "1 entry that is no reading; 1 decrease within 62 miles"
    rows = found[found["vehicle_id"] == "Commuter"]
    assert rows.loc[~rows["on_chain"], ["miles", "class"]].values.tolist() == [[0, "no reading"]]


def test_road_trip(found: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    trip = verdicts.loc["Road trip"]
    assert (trip["current_miles"], trip["verdict"]) == (30_954, "logical")
    rows = found[found["vehicle_id"] == "Road trip"]
    assert rows["on_chain"].all()
    other = rows[rows["class"] != "on chain"]
    assert other["class"].tolist() == ["same-day order"] * 2
    assert set(other["date"]) == {"2023-07-31"}


def test_jeep(found: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    jeep = verdicts.loc["Demo Jeep"]
    assert "merged" not in jeep["reason"]
    assert jeep["current_miles"] == 222_647
    assert "109 of 110 rows of odometer_readings repeat fuel_logs 1 day early" in jeep["reason"]
    assert "sources disagree" in jeep["reason"]
    assert "service_records" in jeep["reason"]
    rows = found[found["vehicle_id"] == "Demo Jeep"].set_index("source")
    assert (rows.loc["odometer_readings", "class"] == "likely duplicate").sum() == 109
    assert set(rows.loc["fuel_logs", "class"]) == {"on chain"}
    assert set(rows[~rows["on_chain"]].index) == {"service_records"}
    assert (~rows.loc["service_records", "on_chain"]).mean() > 0.5


def test_a_shift_by_a_day_is_named(logs: pd.DataFrame) -> None:
    early = (pd.to_datetime(logs["date"]) - pd.Timedelta("1D")).dt.strftime("%Y-%m-%d")
    compared = mileage.compare(logs, logs.assign(date=early))
    assert set(compared["cause"]) == {"re-dated"}
    without = mileage.compare(
        logs.drop(columns="id"), logs.assign(date=early).drop(columns="id")
    ).set_index("vehicle_id")
    assert set(without["cause"]) == {"re-dated"}
