"""Lines: the readings of a vehicle that go together, however many contradict them."""

from motomind_nb.mileage.lines.chains import fewest_disputed
from motomind_nb.mileage.lines.digits import NOTHING, nearest_one_slip_values
from motomind_nb.mileage.lines.disagreement import disagreeing_sources
from motomind_nb.mileage.lines.hours import vehicles_with_hours
from motomind_nb.mileage.lines.lines import (
    Lines,
    Points,
    assign_pieces_and_chains,
    longest_chain,
    neighbours,
    points_of_valid_readings,
)
from motomind_nb.mileage.lines.tracks import (
    explains_more,
    flag_smoothest_longest_chain,
    least_second_line_size,
    separate_vehicle_lines,
    vehicles_with_second_line,
)
from motomind_nb.mileage.lines.units import units_of
from motomind_nb.mileage.lines.whole_units import Units

__all__ = [
    "NOTHING",
    "Lines",
    "Points",
    "Units",
    "assign_pieces_and_chains",
    "disagreeing_sources",
    "explains_more",
    "fewest_disputed",
    "flag_smoothest_longest_chain",
    "least_second_line_size",
    "longest_chain",
    "nearest_one_slip_values",
    "neighbours",
    "points_of_valid_readings",
    "separate_vehicle_lines",
    "units_of",
    "vehicles_with_hours",
    "vehicles_with_second_line",
]
