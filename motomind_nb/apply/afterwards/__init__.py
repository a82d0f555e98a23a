"""What follows an apply: what was written since, the way back, and the old schema let go."""

from motomind_nb.apply.afterwards.retiring import Retirement, retire
from motomind_nb.apply.afterwards.rollback import Undo, Undone, Way, plan_rollback, roll_back
from motomind_nb.apply.afterwards.written import Changes, changes_since

__all__ = [
    "Changes",
    "Retirement",
    "Undo",
    "Undone",
    "Way",
    "changes_since",
    "plan_rollback",
    "retire",
    "roll_back",
]
