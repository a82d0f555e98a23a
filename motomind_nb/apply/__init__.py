"""The migration itself, in place: planned, applied, taken back, retired.

The rehearsal proves; this carries out. The rebuilt schema is made beside the old one, in a hidden
schema, by the same projections and judged by the same checks; then a short exclusive lock moves the
35 objects and the 15 functions to schema legacy and the rebuilt tables into their place. All of it
is one transaction: a refusal, a failed check or an outage leaves the database as it was.
"""

from motomind_nb.apply.afterwards import (
    Changes,
    Retirement,
    Undo,
    Undone,
    Way,
    changes_since,
    plan_rollback,
    retire,
    roll_back,
)
from motomind_nb.apply.carrying import Act, Carried, carry_out
from motomind_nb.apply.locking import Patience
from motomind_nb.apply.planning import DAY, Plan, Request, plan_apply
from motomind_nb.apply.state import IN_PLACE, Application, State, read_state

__all__ = [
    "DAY",
    "IN_PLACE",
    "Act",
    "Application",
    "Carried",
    "Changes",
    "Patience",
    "Plan",
    "Request",
    "Retirement",
    "State",
    "Undo",
    "Undone",
    "Way",
    "carry_out",
    "changes_since",
    "plan_apply",
    "plan_rollback",
    "read_state",
    "retire",
    "roll_back",
]
