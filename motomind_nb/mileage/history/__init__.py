"""The history of a vehicle: its chains, the class of each reading, the verdict."""

from motomind_nb.mileage.history.classes import CODE, Classes, classes_of
from motomind_nb.mileage.history.disputed import REASONS, Judged, judged
from motomind_nb.mileage.history.history import History, history_of
from motomind_nb.mileage.history.reconstruct import DEFAULT, reconstruct, vehicles
from motomind_nb.mileage.history.verdicts import Verdicts, verdicts_of

__all__ = [
    "CODE",
    "DEFAULT",
    "REASONS",
    "Classes",
    "History",
    "Judged",
    "Verdicts",
    "classes_of",
    "history_of",
    "judged",
    "reconstruct",
    "vehicles",
    "verdicts_of",
]
