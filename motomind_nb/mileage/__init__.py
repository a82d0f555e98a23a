"""Mileage: reconstruct every vehicle's history from its readings, and compare two sides.

Readings are a DataFrame with the columns vehicle_id (any), date (dates or ISO text; local),
time (time, ISO text or seconds since midnight; local, nullable), miles (whole miles, nullable),
source (text) and, optionally, id (text or uuid). No function changes its input.
"""

from motomind_nb.mileage.auditing import Audit, audit
from motomind_nb.mileage.compare import compare
from motomind_nb.mileage.face import reconstruct, vehicles
from motomind_nb.mileage.looking import divergences, histories, interesting, month_ends
from motomind_nb.mileage.rules import CLASSES, VERDICTS, Rules

__all__ = [
    "CLASSES", "VERDICTS", "Audit", "Rules", "audit", "compare", "divergences", "histories",
    "interesting", "month_ends", "reconstruct", "vehicles",
]  # fmt: skip
