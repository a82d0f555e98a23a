"""What really happened: when each vehicle was driven, and what its odometer showed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motomind_nb.legacy.generator.fleet import Fleet
from motomind_nb.legacy.generator.plan import (
    EQUAL_SHARE,
    EVENT,
    EVENT_TYPE_SHARES,
    EVENT_TYPES,
    FUEL,
    KINDS,
    ODOMETER,
    SAME_DAY_SHARE,
    SERVICE,
    TABLE_SHARES,
    Plan,
)
from motomind_nb.legacy.generator.texts import LAST_EVENT_DAY, Integers

Flags = npt.NDArray[np.bool_]
LONGEST_HISTORY_DAYS = 9000
LONGEST_HISTORY_MILES = 300_000
MOST_MILES_A_DAY = 550
MOST_EVENTS_A_DAY = 5
MILES_AN_ENGINE_HOUR = 15
NOTHING, DUPLICATE, SHIFTED = range(3)


@dataclass(frozen=True)
class History:
    """The true events of a run of vehicles, by vehicle and time, one entry an event.

    Columns:
        vehicle: int64, number of the vehicle in the fleet.
        day: int64, days since 1990-01-01, local. minute: int64, local minute of the day.
        table, type: int64, numbers into TABLES and, for vehicle_events, EVENT_TYPES.
        has_miles: bool, the event states an odometer.
        chain: int64, 1, or 2 on a replaced meter, a second car or an engine hour counter.
        miles: int64, what the meter of that chain showed (hours on an engine hour counter).
        repeat: int64, NOTHING, DUPLICATE or SHIFTED against the event before.
    """

    vehicle: Integers
    day: Integers
    minute: Integers
    table: Integers
    type: Integers
    has_miles: Flags
    chain: Integers
    miles: Integers
    repeat: Integers


@dataclass(frozen=True)
class Frame:
    """Where each vehicle's events lie in the arrays of one run of vehicles."""

    numbers: Integers  # the vehicles' numbers in the fleet
    counts: Integers  # events of each vehicle
    owner: Integers  # per event, the vehicle's place in ``numbers``
    first: Integers  # per event, the place of its vehicle's first event

    def running(self, values: Integers) -> Integers:
        """Return the running sum of the values inside each vehicle."""
        total = np.cumsum(values)
        return total - (total - values)[self.first]


def locate_vehicle_events(fleet: Fleet, vehicles: slice) -> Frame:
    """Return where the events of each vehicle lie in the arrays of a run of vehicles."""
    counts = fleet.events[vehicles]
    numbers = np.arange(len(fleet.events))[vehicles]
    starts = np.cumsum(counts) - counts
    return Frame(
        numbers, counts, np.repeat(np.arange(len(counts)), counts), np.repeat(starts, counts)
    )


def make_history(plan: Plan, fleet: Fleet, vehicles: slice) -> History:
    """Return the history of a run of vehicles, decided by the seed and their numbers."""
    random = np.random.default_rng([plan.seed, 1, vehicles.start])
    at = locate_vehicle_events(fleet, vehicles)
    kind = fleet.kind[at.numbers][at.owner]
    repeat = events_repeating_the_last(plan, at, kind == 0, random)
    gap, day, minute = draw_event_times(at, repeat, random)
    miles = miles_driven(at, gap, repeat, random)
    chain, miles = meter_readings(at, kind, miles, random)
    table, of_type, has_miles = draw_tables_and_types(repeat, random)
    day = day - (repeat == SHIFTED)
    return History(
        at.numbers[at.owner], day, minute, table, of_type, has_miles, chain, miles, repeat
    )


def events_repeating_the_last(
    plan: Plan, at: Frame, plain: Flags, random: np.random.Generator
) -> Integers:
    """Return which events repeat the one before them; never two in a row."""
    drawn = random.random(len(at.owner))
    wanted = np.where(drawn < plan.duplicate_share, DUPLICATE, NOTHING)
    wanted[
        (drawn >= plan.duplicate_share) & (drawn < plan.duplicate_share + plan.shifted_share)
    ] = SHIFTED
    wanted[(at.first == np.arange(len(drawn))) | ~plain] = NOTHING
    wanted[1:][wanted[:-1] != NOTHING] = NOTHING
    return wanted.astype(np.int64)


def draw_event_times(
    at: Frame, repeat: Integers, random: np.random.Generator
) -> tuple[Integers, Integers, Integers]:
    """Return days since the event before, day and minute of each event."""
    count = len(at.owner)
    place = np.arange(count)
    usual = np.minimum(
        random.uniform(3, 12, len(at.counts)), LONGEST_HISTORY_DAYS / np.maximum(at.counts, 1)
    )
    same = ((random.random(count) < SAME_DAY_SHARE) | (repeat != NOTHING)) & (place != at.first)
    same &= _place_in_day(same) < MOST_EVENTS_A_DAY
    gap = np.where(same, 0, 1 + random.poisson(np.maximum(usual - 1, 0)[at.owner]))
    gap[place == at.first] = 0
    passed = at.running(gap)
    newest = LAST_EVENT_DAY - random.integers(0, 60, len(at.counts))
    last = at.first + at.counts[at.owner] - 1
    within = _place_in_day(same)
    minute = random.integers(360, 960, count)[place - within] + within * 45
    minute = minute + np.where(within > 0, random.integers(0, 40, count), 0)
    return gap, newest[at.owner] - (passed[last] - passed), minute


def _place_in_day(same: Flags) -> Integers:
    """Return how many events of its day stand before each event."""
    place = np.arange(len(same))
    found: Integers = place - np.maximum.accumulate(np.where(same, 0, place))
    return found


def miles_driven(
    at: Frame, gap: Integers, repeat: Integers, random: np.random.Generator
) -> Integers:
    """Return the miles driven since each vehicle's first event."""
    count = len(gap)
    days = np.maximum(at.running(gap), 1)
    longest = days[(at.first + at.counts[at.owner] - 1)]
    rate = np.clip(random.lognormal(np.log(35), 0.5, len(at.counts)), 3, 200)[at.owner]
    rate = np.minimum(rate, LONGEST_HISTORY_MILES / longest)
    miles = np.minimum(rate * gap * random.lognormal(0, 0.35, count), MOST_MILES_A_DAY * gap)
    miles = np.where(gap == 0, random.integers(1, 60, count), np.maximum(miles, 1))
    miles[(random.random(count) < EQUAL_SHARE) | (repeat != NOTHING)] = 0
    miles[at.first == np.arange(count)] = 0
    return at.running(miles.astype(np.int64))


def meter_readings(
    at: Frame, kind: Integers, driven_miles: Integers, random: np.random.Generator
) -> tuple[Integers, Integers]:
    """Return the chain of each event and what the meter of that chain showed."""
    vehicles = len(at.counts)
    start = random.integers(500, 20_000, vehicles)[at.owner]
    switch = (at.counts * random.uniform(0.3, 0.7, vehicles)).astype(np.int64)[at.owner]
    distance = random.integers(6_000, 40_000, vehicles)[at.owner]
    pace = random.uniform(1.0, 1.3, vehicles)[at.owner]
    turn = random.random(len(at.owner)) < 0.5
    rank = np.arange(len(at.owner)) - at.first
    replaced, hours, merged = (kind == KINDS.index(name) for name in KINDS[1:])
    # a meter is replaced late; engines with an hour counter drive little
    start = np.where(hours, start // 4, start + np.where(replaced, 15_000, 0))
    second = (replaced & (rank >= switch)) | ((hours | merged) & turn)
    since_switch = driven_miles - driven_miles[np.minimum(at.first + switch, len(rank) - 1)]
    other = np.select(
        [replaced, hours],
        [since_switch + distance // 100, (start + driven_miles) // MILES_AN_ENGINE_HOUR],
        start + distance + (driven_miles * pace).astype(np.int64),
    )
    chain = np.where(second, 2, 1)
    return chain, np.where(second, other, start + driven_miles)


def draw_tables_and_types(
    repeat: Integers, random: np.random.Generator
) -> tuple[Integers, Integers, Flags]:
    """Return table, event type and whether it states miles, for each event.

    A repeat is an odometer reading; what it repeats is a fuel log with an odometer.
    """
    count = len(repeat)
    table = random.choice(len(TABLE_SHARES), count, p=TABLE_SHARES).astype(np.int64)
    of_type = random.choice(len(EVENT_TYPES), count, p=EVENT_TYPE_SHARES).astype(np.int64)
    repeated = np.append(repeat[1:] != NOTHING, False) if count else repeat != NOTHING
    table[repeat != NOTHING] = ODOMETER
    table[repeated] = FUEL
    odometer_event = (table == EVENT) & (of_type == EVENT_TYPES.index("odometer"))
    document = (table == EVENT) & (of_type == EVENT_TYPES.index("document"))
    silent = (random.random(count) < 0.06) & np.isin(table, (FUEL, SERVICE, EVENT))
    has_miles = ~document & (~silent | odometer_event | repeated)
    return table, of_type, has_miles
