"""Two sides of one fleet: which reading became which, what differs and why."""

from motomind_nb.mileage.comparison.compare import all_causes, compare, main_cause
from motomind_nb.mileage.comparison.gathering import Gathering, Listed, Outcome

__all__ = ["Gathering", "Listed", "Outcome", "all_causes", "compare", "main_cause"]
