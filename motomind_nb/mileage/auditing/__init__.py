"""The audit of a whole fleet in the database, some vehicles at a time."""

from motomind_nb.mileage.auditing.audit import Audit, audit, nothing_audited
from motomind_nb.mileage.auditing.looking import (
    diverging_vehicles,
    histories,
    month_ends,
    no_histories,
    vehicles_worth_a_look,
)
from motomind_nb.mileage.auditing.today import rules_of_today

__all__ = [
    "Audit",
    "audit",
    "diverging_vehicles",
    "histories",
    "month_ends",
    "no_histories",
    "nothing_audited",
    "rules_of_today",
    "vehicles_worth_a_look",
]
