"""Mileage: histories reconstructed from readings that contradict each other, and compared.

A reading is on a vehicle's line when the line never decreases and the fewest readings are left out.
The audit reconstructs both sides from two queries written separately, so that an error in one
cannot hide in the other.
"""

from motomind_nb.mileage.auditing import (
    Audit,
    audit,
    diverging_vehicles,
    histories,
    month_ends,
    no_histories,
    nothing_audited,
    rules_of_today,
    vehicles_worth_a_look,
)
from motomind_nb.mileage.comparison import compare
from motomind_nb.mileage.history import (
    REASONS,
    Judged,
    events,
    judged,
    reconstruct,
    reconstruct_stored,
    vehicles,
)
from motomind_nb.mileage.lines import fewest_disputed
from motomind_nb.mileage.readings import NO_MILES, Unordered
from motomind_nb.mileage.rules import CLASSES, VERDICTS, Rules

__all__ = [
    "CLASSES",
    "NO_MILES",
    "REASONS",
    "VERDICTS",
    "Audit",
    "Judged",
    "Rules",
    "Unordered",
    "audit",
    "compare",
    "diverging_vehicles",
    "events",
    "fewest_disputed",
    "histories",
    "judged",
    "month_ends",
    "no_histories",
    "nothing_audited",
    "reconstruct",
    "reconstruct_stored",
    "rules_of_today",
    "vehicles",
    "vehicles_worth_a_look",
]
