"""The numbers that tell several lines of one vehicle apart, as parts of the rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True)
class Cuts:
    """When a history is cut in two chains that follow one another.

    Fitted on the generator at the error mix of a real fleet (153 vehicles): 2,000 vehicles, of
    which all with a replaced meter of three readings and more are named, and no plain one.

    most_rounds: a history is cut again at most so many times.
    longest_burst: so many wrong readings in a row, away and back again, are no new line.
    gained_share: a cut puts at least this part of the readings off the chain on the second one.
    hopeless_share: where more than this part is off, any two chains fit better by chance.
    """

    most_rounds: int = 12
    longest_burst: int = 8
    gained_share: float = 0.4
    hopeless_share: float = 0.75


@dataclass(frozen=True)
class SideLines:
    """When readings off a chain are a line of their own that runs beside it.

    Fitted on the generator, 2,000 vehicles: all shared ids are named where each car has three
    readings, and fewer than 1 in 200 plain vehicles.

    rate_factor, slowest_miles_per_day: a line goes on at so many times its own miles a day, which
        are taken to be so many at least.
    trip_miles: any day may hold one trip of so many miles more.
    slips: a line that so many wrong readings broke is one line.
    young_share: before broken lines are joined, each needs this part of the readings that a line
        needs in the end.
    gained_share, gained_share_of_many, many_off_share: lines are told apart where that puts this
        part of the readings off the chain on one, and the second part where more than the third is
        off.
    beside_factor: the lines beside the main one hold at most so many times what was off the chain:
        else they consist of its readings.
    most_lines: so many lines of one vehicle are told apart.
    farthest_level: a reading whose ratio to a line has a larger natural logarithm (0.7: twice or
        half) is not near that line.
    kept_share: readings are given to the nearer of the lines only where this part of them stays.
    nearly_all_share: a line too short for its share counts where it holds this part of all that is
        off the chain and no slip explains.
    guest_share: a source at odds with the others has at most this part of the readings.
    """

    rate_factor: float = 15.0
    slowest_miles_per_day: float = 2.0
    trip_miles: float = 300.0
    slips: int = 2
    young_share: float = 0.5
    gained_share: float = 0.66
    gained_share_of_many: float = 0.45
    many_off_share: float = 0.38
    beside_factor: float = 1.8
    most_lines: int = 4
    farthest_level: float = 0.7
    kept_share: float = 0.85
    nearly_all_share: float = 0.7
    guest_share: float = 0.5

    def times(self, ratio: float) -> Self:
        """Return the same limits for readings that are so many times the miles."""
        slowest, trip = self.slowest_miles_per_day * ratio, self.trip_miles * ratio
        return replace(self, slowest_miles_per_day=slowest, trip_miles=trip)
