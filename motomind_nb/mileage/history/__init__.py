"""The history of a vehicle: its chains, the class of each reading, the verdict."""

from motomind_nb.mileage.history.classes import CODE, Classes, classify_readings
from motomind_nb.mileage.history.disputed import REASONS, Judged, judged
from motomind_nb.mileage.history.history import History, find_vehicle_lines
from motomind_nb.mileage.history.reconstruct import (
    DEFAULT,
    events,
    reconstruct,
    reconstruct_stored,
    vehicles,
)
from motomind_nb.mileage.history.remarks import NOTE, WARN, Remark
from motomind_nb.mileage.history.verdicts import Verdicts, judge_vehicles

__all__ = [
    "CODE",
    "DEFAULT",
    "NOTE",
    "REASONS",
    "WARN",
    "Classes",
    "History",
    "Judged",
    "Remark",
    "Verdicts",
    "classify_readings",
    "events",
    "find_vehicle_lines",
    "judge_vehicles",
    "judged",
    "reconstruct",
    "reconstruct_stored",
    "vehicles",
]
