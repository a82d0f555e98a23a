"""The audit of a whole fleet in the database, some vehicles at a time."""

from motomind_nb.mileage.auditing.audit import Audit, audit
from motomind_nb.mileage.auditing.looking import (
    divergences,
    histories,
    month_ends,
    vehicles_worth_a_look,
)

__all__ = [
    "Audit",
    "audit",
    "divergences",
    "histories",
    "month_ends",
    "vehicles_worth_a_look",
]
