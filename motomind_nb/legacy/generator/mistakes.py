"""What the drivers keyed instead: each kind of mistake at its real frequency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from motomind_nb.legacy.generator.fleet import Fleet
from motomind_nb.legacy.generator.history import NOTHING, SHIFTED, Flags, History
from motomind_nb.legacy.generator.plan import CLASSES, MISTAKES, TRANSACTIONS, Plan
from motomind_nb.legacy.generator.texts import DAYS, Integers

PLACEHOLDERS = (1111, 1234, 12345, 123456, 99999, 888888, 999999)
# a wrong digit was seen where it broke the line: seldom the last two
DIGIT_SHARES = (0.03, 0.07, 0.27, 0.40, 0.21, 0.02)
TOLERANCE_MILES = 62
FASTEST_MILES_A_DAY = 6000


@dataclass(frozen=True)
class Written:
    """What was written, one entry an event of the history.

    Columns: miles: int64; mistake: int64, number into CLASSES (0: written as it was).
    """

    miles: Integers
    mistake: Integers


def make_mistakes(plan: Plan, fleet: Fleet, history: History, start: int) -> Written:
    """Return the readings as keyed, decided by the seed and the number of the first vehicle."""
    random = np.random.default_rng([plan.seed, 2, start])
    shares = np.cumsum(list(MISTAKES.values())) / TRANSACTIONS
    drawn = random.random(len(history.miles)) / np.maximum(fleet.prone[history.vehicle], 1e-9)
    mistake = (np.searchsorted(shares, drawn, side="right") + 1) % len(CLASSES)
    mistake[~history.has_miles | (history.repeat != NOTHING)] = 0
    miles = history.miles.copy()
    for number, name in enumerate(CLASSES):
        rows = np.flatnonzero(mistake == number)
        if number and len(rows):
            miles[rows] = spoil(name, history.miles[rows], random)
    mistake[miles == history.miles] = 0
    return Written(miles, mistake.astype(np.int64))


def spoil(name: str, miles: Integers, random: np.random.Generator) -> Integers:
    """Return the readings with one kind of mistake made in each."""
    count = len(miles)
    found: Integers
    if name in ("zero", "one"):
        found = np.full(count, int(name == "one"), dtype=np.int64)
    elif name == "placeholder":
        found = np.array(PLACEHOLDERS)[random.integers(0, len(PLACEHOLDERS), count)]
    elif name == "unexplained":
        lower = (miles * random.uniform(0.2, 0.8, count)).astype(np.int64)
        higher = miles + random.integers(8_000, 60_000, count)
        found = np.where(random.random(count) < 0.5, lower, higher)
    elif name == "unexplained_near":
        change = random.integers(150, 3_000, count)
        found = np.abs(miles + np.where(random.random(count) < 0.5, -change, change))
    else:
        found = spoil_digits(name, miles, random)
    return found


def spoil_digits(name: str, miles: Integers, random: np.random.Generator) -> Integers:
    """Return the readings with one digit wrong, missing, too many, or two swapped."""
    length = np.where(miles > 0, np.floor(np.log10(np.maximum(miles, 1))).astype(np.int64) + 1, 1)
    place = np.minimum(random.choice(len(DIGIT_SHARES), len(miles), p=DIGIT_SHARES), length - 1)
    one = 10**place
    upper, digit, lower = miles // (10 * one), miles // one % 10, miles % one
    other = (digit + random.integers(1, 10, len(miles))) % 10
    wrong: Integers = miles + (other - digit) * one
    found: dict[str, Integers] = {
        "digit_missing": upper * one + lower,
        "digit_extra": (miles // one) * 10 * one + other * one + lower,
        "digits_swapped": swap_digits(miles, place, wrong),
    }
    return found.get(name, wrong)


def swap_digits(miles: Integers, place: Integers, otherwise: Integers) -> Integers:
    """Return the readings with a digit and the one above it exchanged, if the two differ."""
    one = 10 ** np.maximum(place - 1, 0)
    digit, above = miles // one % 10, miles // (10 * one) % 10
    found = miles + (above - digit) * one + (digit - above) * 10 * one
    return np.where(found == miles, otherwise, found)


def contradicts(history: History, written: Written) -> Flags:
    """Return which written readings contradict the good ones around them.

    A wrong reading that does not can't be told from a good one. Compared are the nearest good
    readings of the same chain on an earlier and on a later date: below the one or above the other
    by more than the tolerance, or faster than 250 miles an hour all the time.
    """
    series = (history.vehicle * 4 + history.chain) * DAYS + history.day
    good = np.flatnonzero(history.has_miles & (written.mistake == 0) & (history.repeat != SHIFTED))
    good = good[np.argsort(series[good], kind="stable")]
    before = good_neighbour_row(
        history, good, np.searchsorted(series[good], series, side="left") - 1
    )
    after = good_neighbour_row(history, good, np.searchsorted(series[good], series, side="right"))
    found = np.zeros(len(series), dtype=bool)
    for row, sign in ((before, 1), (after, -1)):
        known = row >= 0
        rise = (written.miles - history.miles[row]) * sign
        days = np.maximum(np.abs(history.day - history.day[row]), 1)
        found |= known & ((rise < -TOLERANCE_MILES) | (rise > FASTEST_MILES_A_DAY * days))
    return found & (written.mistake > 0)


def good_neighbour_row(history: History, good: Integers, place: Integers) -> Integers:
    """Return the row of the good reading at ``place``, -1 where it is of another chain."""
    if not len(good):
        return np.full(len(place), -1, dtype=np.int64)
    row = good[np.clip(place, 0, len(good) - 1)]
    same = (history.vehicle[row] == history.vehicle) & (history.chain[row] == history.chain)
    return np.where(same & (place >= 0) & (place < len(good)), row, -1)
