"""The library face: readings in a DataFrame, one row per reading or per vehicle out."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from motomind_nb.mileage.history.classes import classify_readings
from motomind_nb.mileage.history.history import find_vehicle_lines
from motomind_nb.mileage.history.verdicts import judge_vehicles
from motomind_nb.mileage.readings import Readings, date_text, from_frame
from motomind_nb.mileage.rules import CLASSES, VERDICTS, Rules

Kind = TypeVar("Kind", bound=np.generic)
DEFAULT = Rules()


def reconstruct(readings: pd.DataFrame, rules: Rules = DEFAULT, unit: str = "mi") -> pd.DataFrame:
    """Return one row per reading, with the same index and order. Reads only.

    `unit` is that of the readings, "mi" or "km"; the limits of `rules` are in miles and follow it.

    Columns:
        chain: int64, number of the vehicle's chain the reading belongs to or is judged by, from 1
            by first reading; 0 where the entry is no reading.
        on_chain: bool, no other reading of the chain contradicts it.
        class: category of CLASSES. Off the chain: spike (one or two readings, back on the line
            after), step (three or more stay off), digit (a spike that one slip explains), date (its
            miles fit exactly where one slip of its date leads), undecided (a first or last reading
            that its one neighbour does not believe), future date, no reading. On the chain: on
            chain, likely duplicate (same miles in another source within a day), same-day order
            (placed by its miles, not its time), unit (written in another unit), step or rollover
            (first reading of a new chain).
        suggestion: Int64: miles for class digit, miles (or kilometres) for a unit whose ratio is
            known, the date as YYYYMMDD for class date; never written anywhere.

    Raises: MotomindError when the readings can't be read.
    """
    rules = rules.in_unit(unit)
    return _by_row(readings, from_frame(readings, rules), rules)


def reconstruct_stored(readings: pd.DataFrame, rules: Rules = DEFAULT) -> pd.DataFrame:
    """Return what `reconstruct` does, for readings out of a database. Reads only.

    Columns: as `reconstruct`. Dates may be infinite, before Christ and beyond 9999.

    Raises: MotomindError when the readings can't be read.
    """
    return _by_row(readings, from_frame(readings, rules, any_date=True), rules)


def _by_row(frame: pd.DataFrame, readings: Readings, rules: Rules) -> pd.DataFrame:
    history = find_vehicle_lines(readings, rules)
    classes = classify_readings(history, rules)
    row = history.readings.row
    chain = np.where(history.readings.valid, history.line, 0)
    result = pd.DataFrame(index=frame.index)
    result["chain"] = _unordered(chain, row)
    result["on_chain"] = _unordered(history.on_chain, row)
    result["class"] = pd.Categorical.from_codes(
        _unordered(classes.code, row), dtype=pd.CategoricalDtype(list(CLASSES))
    )
    suggestion = _unordered(classes.suggestion, row)
    result["suggestion"] = pd.arrays.IntegerArray(suggestion, suggestion < 0)
    return result


def vehicles(readings: pd.DataFrame, rules: Rules = DEFAULT, unit: str = "mi") -> pd.DataFrame:
    """Return one row per vehicle, ordered by vehicle_id. Reads only. `unit`: as `reconstruct`.

    Columns:
        vehicle_id: as in the input.
        verdict: category: logical (one line, after setting single entry errors aside), illogical
            (lines contradict one another), no judgement (too few readings, or under half on
            their chains).
        reason: text, what was found; says so where nothing was.
        current_miles: Int64, the last reading on a chain, in the given unit (converted where the
            vehicle changed its unit for good); NA where there is none, and where it may be in
            another unit.

    Raises: MotomindError when the readings can't be read.
    """
    rules = rules.in_unit(unit)
    history = find_vehicle_lines(from_frame(readings, rules), rules)
    found = judge_vehicles(history, classify_readings(history, rules), rules)
    miles = pd.Series(found.current_miles, dtype="Int64")
    return pd.DataFrame(
        {
            "vehicle_id": history.readings.vehicles,
            "verdict": pd.Categorical(found.verdict, categories=list(VERDICTS)),
            "reason": pd.Series(found.reason, dtype="str"),
            "current_miles": miles.mask(miles < 0),
        }
    )


def events(readings: pd.DataFrame, rules: Rules = DEFAULT, unit: str = "mi") -> pd.DataFrame:
    """Return one row per vehicle and kind of event, ordered by vehicle_id. Reads only.

    Columns:
        vehicle_id: as in the input. event: text, the kind. severity: note or warn.
        readings: int64, how many readings. first_date: text, of the first one. detail: text.

    Raises: MotomindError when the readings can't be read.
    """
    rules = rules.in_unit(unit)
    history = find_vehicle_lines(from_frame(readings, rules), rules)
    told = judge_vehicles(history, classify_readings(history, rules), rules).remarks
    vehicle = np.array([remark.vehicle for remark in told], dtype=np.int64)
    return pd.DataFrame(
        {
            "vehicle_id": history.readings.vehicles[vehicle],
            "event": pd.Series([remark.kind for remark in told], dtype="str"),
            "severity": pd.Series([remark.status for remark in told], dtype="str"),
            "readings": pd.Series([remark.number for remark in told], dtype="int64"),
            "first_date": pd.Series([date_text(remark.day) for remark in told], dtype="str"),
            "detail": pd.Series([remark.text for remark in told], dtype="str"),
        }
    )


def _unordered(values: npt.NDArray[Kind], row: npt.NDArray[np.int64]) -> npt.NDArray[Kind]:
    """Return values of ordered readings in the order of the input."""
    result = np.empty_like(values)
    result[row] = values
    return result
