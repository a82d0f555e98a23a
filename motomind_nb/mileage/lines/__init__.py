"""Lines: the readings of a vehicle that go together, however many contradict them."""

from motomind_nb.mileage.lines.chains import fewest_disputed
from motomind_nb.mileage.lines.digits import NOTHING, suggestions
from motomind_nb.mileage.lines.disagreement import disagreeing_sources
from motomind_nb.mileage.lines.hours import vehicles_with_hours
from motomind_nb.mileage.lines.lines import (
    Lines,
    Points,
    longest_chain,
    main_lines,
    neighbours,
    points_of,
)
from motomind_nb.mileage.lines.tracks import (
    chain_of,
    explains_more,
    follow_lines,
    least_line,
    vehicles_with_second_line,
)
from motomind_nb.mileage.lines.units import Units, units_of

__all__ = [
    "NOTHING",
    "Lines",
    "Points",
    "Units",
    "chain_of",
    "disagreeing_sources",
    "explains_more",
    "fewest_disputed",
    "follow_lines",
    "least_line",
    "longest_chain",
    "main_lines",
    "neighbours",
    "points_of",
    "suggestions",
    "units_of",
    "vehicles_with_hours",
    "vehicles_with_second_line",
]
