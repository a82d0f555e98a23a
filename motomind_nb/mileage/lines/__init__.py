"""Lines: the readings of a vehicle that go together, however many contradict them."""

from motomind_nb.mileage.lines.chains import fewest_disputed
from motomind_nb.mileage.lines.digits import NOTHING, suggestions
from motomind_nb.mileage.lines.disagreement import disagreeing_sources
from motomind_nb.mileage.lines.lines import Lines, Points, main_lines, neighbours, points_of
from motomind_nb.mileage.lines.tracks import (
    chain_of,
    explains_more,
    follow_lines,
    least_line,
    vehicles_with_second_line,
)

__all__ = [
    "NOTHING",
    "Lines",
    "Points",
    "chain_of",
    "disagreeing_sources",
    "explains_more",
    "fewest_disputed",
    "follow_lines",
    "least_line",
    "main_lines",
    "neighbours",
    "points_of",
    "suggestions",
    "vehicles_with_second_line",
]
