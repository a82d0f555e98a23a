"""The audit of a whole fleet in the database, some vehicles at a time."""

from motomind_nb.mileage.auditing.audit import Audit, audit, nothing_audited
from motomind_nb.mileage.auditing.looking import (
    divergences,
    histories,
    month_ends,
    no_histories,
    vehicles_worth_a_look,
)

__all__ = [
    "Audit",
    "audit",
    "divergences",
    "histories",
    "month_ends",
    "no_histories",
    "nothing_audited",
    "vehicles_worth_a_look",
]
