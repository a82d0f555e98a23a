"""A closer look at a few vehicles: their readings on both sides, month by month, what differs."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import pandas as pd

from motomind_nb.mileage.auditing.packed import SIDES, all_readings_queries
from motomind_nb.mileage.history import DEFAULT, reconstruct_stored
from motomind_nb.mileage.readings import day_number
from motomind_nb.mileage.rules import Rules
from motomind_nb.postgres import Connection, frame, query

DIVERGENCE = [
    "vehicle_id",
    "name",
    "first_date",
    "cause",
    "source_table",
    "source_id",
    "before_miles",
    "after_miles",
    "before_readings",
    "after_readings",
]

CALENDAR_DATE = r"\d{4}-\d{2}-\d{2}"


def histories(
    connection: Connection, vehicles: Sequence[UUID], rules: Rules = DEFAULT
) -> pd.DataFrame:
    """Return all readings of a few vehicles on both sides, reconstructed. Reads only.

    Columns: side (before, after), vehicle_id (UUID), date (text, as PostgreSQL
    writes it), time (text, None where unknown), miles (Int64,
    miles), source, id (UUID), then chain, on_chain, class and suggestion as `reconstruct` gives
    them; in order of side, vehicle, date, time (unknown last) and miles.
    """
    found = []
    for side, sources in zip(SIDES, all_readings_queries(connection), strict=True):
        statement = query("mileage/some", readings=sources)
        readings = frame(connection, statement, {"vehicles": list(vehicles)})
        readings["miles"] = readings["miles"].astype("Int64")
        readings.insert(0, "side", side)
        found.append(pd.concat([readings, reconstruct_stored(readings, rules)], axis=1))
    return pd.concat(found, ignore_index=True)


def no_histories() -> pd.DataFrame:
    """Return the frame of ``histories`` without a row: nothing could be read."""
    names = ("side", "vehicle_id", "date", "time", "miles", "source", "id")
    readings = pd.DataFrame(columns=list(names)).astype({"miles": "Int64"})
    return pd.concat([readings, reconstruct_stored(readings)], axis=1)


def month_ends(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the reconstructed mileage at the end of each month with a reading. Reads only.

    `readings` has the columns that `histories` returns. A reading in another unit counts for
    nothing here, nor one whose date no month has (infinity, a year before 1 or beyond 9999).

    Columns: vehicle_id, month (datetime64, last day of the month), before_miles, after_miles
    (Int64, miles of the last reading on a chain; carried on through months without one).
    """
    good = readings[readings["on_chain"] & (readings["class"] != "unit")]
    good = good[good["date"].astype(str).str.fullmatch(CALENDAR_DATE)]
    month = pd.to_datetime(good["date"], format="%Y-%m-%d") + pd.offsets.MonthEnd(0)
    last = good.assign(month=month).groupby(["vehicle_id", "month", "side"])["miles"].last()
    table = last.unstack("side").reindex(columns=list(SIDES))
    carried = table.groupby(level="vehicle_id").ffill().astype("Int64")
    carried.columns = pd.Index([f"{side}_miles" for side in SIDES])
    return carried.reset_index()


def vehicles_worth_a_look(vehicles: pd.DataFrame, most: int) -> list[UUID]:
    """Return the vehicles worth a chart, at most so many: those that differ, then illogical ones,
    then those whose naive mileage is wrong, then the others. Reads only.

    `vehicles` has the columns that `audit` returns.
    """
    naive = vehicles["naive_before_miles"].fillna(-1) == vehicles["before_miles"].fillna(-1)
    ordered = vehicles.assign(_odd=vehicles["verdict"] == "logical", _naive=naive)
    ordered = ordered.sort_values(["equal", "_odd", "_naive", "vehicle_id"], kind="stable")
    return list(ordered["vehicle_id"].head(most))


def diverging_vehicles(vehicles: pd.DataFrame) -> pd.DataFrame:
    """Return the vehicles that differ, each with its first diverging reading. Reads only.

    Columns: vehicle_id, name, first_date, cause, source_table, source_id, before_miles,
    after_miles (miles), before_readings, after_readings; `vehicles` as `audit` returns them.
    """
    found = vehicles.loc[~vehicles["equal"], DIVERGENCE]
    found = found.assign(_day=found["first_date"].map(day_number))
    return found.sort_values(["_day", "vehicle_id"], ignore_index=True).drop(columns="_day")
