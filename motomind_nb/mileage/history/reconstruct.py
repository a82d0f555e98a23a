"""The library face: readings in a DataFrame, one row per reading or per vehicle out."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from motomind_nb.mileage.history.classes import classes_of
from motomind_nb.mileage.history.history import history_of
from motomind_nb.mileage.history.verdicts import verdicts_of
from motomind_nb.mileage.readings import from_frame
from motomind_nb.mileage.rules import CLASSES, VERDICTS, Rules

Kind = TypeVar("Kind", bound=np.generic)
DEFAULT = Rules()


def reconstruct(readings: pd.DataFrame, rules: Rules = DEFAULT) -> pd.DataFrame:
    """Return one row per reading, with the same index and order. Reads only.

    Columns:
        chain: int64, number of the vehicle's chain the reading belongs to or is judged by, from 1
            by first reading; 0 where the entry is no reading.
        on_chain: bool, no other reading of the chain contradicts it.
        class: category of CLASSES. Off the chain: spike (one or two readings, back on the line
            after), step (three or more stay off), digit (a spike that one slip explains),
            undecided (no later reading to judge by), no reading. On the chain: on chain, likely
            duplicate (same miles in another source within a day), same-day order (placed by its
            miles, not its time), unit (on a chain of its own in another unit), step or rollover
            (first reading of a new chain).
        suggestion: Int64, miles, for class digit only; never written anywhere.

    Raises: MotomindError when the readings can't be read.
    """
    history = history_of(from_frame(readings, rules), rules)
    classes = classes_of(history, rules)
    row = history.readings.row
    chain = np.where(history.readings.valid, history.line, 0)
    result = pd.DataFrame(index=readings.index)
    result["chain"] = _unordered(chain, row)
    result["on_chain"] = _unordered(history.on_chain, row)
    result["class"] = pd.Categorical.from_codes(
        _unordered(classes.code, row), dtype=pd.CategoricalDtype(list(CLASSES))
    )
    suggestion = _unordered(classes.suggestion, row)
    result["suggestion"] = pd.arrays.IntegerArray(suggestion, suggestion < 0)
    return result


def vehicles(readings: pd.DataFrame, rules: Rules = DEFAULT) -> pd.DataFrame:
    """Return one row per vehicle, ordered by vehicle_id. Reads only.

    Columns:
        vehicle_id: as in the input.
        verdict: category: logical (one line, after setting single entry errors aside), illogical
            (lines contradict one another), no judgement (too few readings, or under half on
            their chains).
        reason: text, what was found; says so where nothing was.
        current_miles: Int64, miles of the last reading on a chain; NA where there is none.

    Raises: MotomindError when the readings can't be read.
    """
    history = history_of(from_frame(readings, rules), rules)
    found = verdicts_of(history, classes_of(history, rules), rules)
    miles = pd.Series(history.readings.miles[found.current], dtype="Int64")
    return pd.DataFrame(
        {
            "vehicle_id": history.readings.vehicles,
            "verdict": pd.Categorical(found.verdict, categories=list(VERDICTS)),
            "reason": pd.Series(found.reason, dtype="str"),
            "current_miles": miles.mask(found.current < 0),
        }
    )


def _unordered(values: npt.NDArray[Kind], row: npt.NDArray[np.int64]) -> npt.NDArray[Kind]:
    """Return values of ordered readings in the order of the input."""
    result = np.empty_like(values)
    result[row] = values
    return result
