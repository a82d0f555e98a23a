"""The history of a vehicle: its chains, the class of each reading, the verdict."""

from motomind_nb.mileage.history.classes import CODE, Classes, classes_of
from motomind_nb.mileage.history.disputed import REASONS, Judged, judged
from motomind_nb.mileage.history.history import History, history_of
from motomind_nb.mileage.history.reconstruct import (
    DEFAULT,
    events,
    reconstruct,
    reconstruct_stored,
    vehicles,
)
from motomind_nb.mileage.history.remarks import NOTE, WARN, Remark
from motomind_nb.mileage.history.verdicts import Verdicts, verdicts_of

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
    "classes_of",
    "events",
    "history_of",
    "judged",
    "reconstruct",
    "reconstruct_stored",
    "vehicles",
    "verdicts_of",
]
