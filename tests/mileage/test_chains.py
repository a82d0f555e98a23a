"""The longest chain against every possible subset, and against its own worst cases."""

from __future__ import annotations

import time
from bisect import bisect_right
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motomind_nb import mileage
from motomind_nb.mileage.lines import chains, lines, tracks
from motomind_nb.mileage.readings import DAY

histories = st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=6)


def flat(histories: list[list[int]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    groups = [number for number, history in enumerate(histories) for _ in history]
    values = [value for history in histories for value in history]
    return np.array(groups, dtype=np.int64), np.array(values, dtype=np.int64)


def never_decreases(values: list[int]) -> bool:
    return all(first <= second for first, second in pairwise(values))


def fewest_removals(history: list[int]) -> int:
    for removed in range(len(history) + 1):
        for kept in combinations(history, len(history) - removed):
            if never_decreases(list(kept)):
                return removed
    return 0


@given(histories)
def test_fewest_removals(histories: list[list[int]]) -> None:
    groups, values = flat(histories)
    disputed = mileage.fewest_disputed(groups, values)
    for number, history in enumerate(histories):
        mine = groups == number
        assert never_decreases(values[mine & ~disputed].tolist())
        assert disputed[mine].sum() == fewest_removals(history)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2)), max_size=8))
def test_trusted_sources_are_kept_first(readings: list[tuple[int, int]]) -> None:
    values = np.array([value for value, _ in readings], dtype=np.int64)
    priority = np.array([source for _, source in readings], dtype=np.int64)
    disputed = mileage.fewest_disputed(np.zeros(len(values), dtype=np.int64), values, priority)
    length = int((~disputed).sum())
    costs = [
        sum(source for _, source in kept)
        for kept in combinations(readings, length)
        if never_decreases([value for value, _ in kept])
    ]
    assert length == len(values) - fewest_removals(values.tolist())
    assert priority[~disputed].sum() == min(costs, default=0)


@given(histories)
def test_ending_and_starting_bound_every_chain(histories: list[list[int]]) -> None:
    groups, values = flat(histories)
    weights = np.ones(len(values), dtype=np.int64)
    found = chains.heaviest_chains(groups, values, weights)
    starting = chains.heaviest_chains_from_each(groups, values, weights)
    for part in np.unique(found.part):
        inside = found.part == part
        longest = found.keep[inside].sum()
        assert found.ending[inside].max() == starting[inside].max() == longest
        through = found.ending + starting - 1
        assert (through[inside & found.keep] == longest).all()


def test_tie_keeps_the_earlier() -> None:
    disputed = mileage.fewest_disputed(np.array([7, 7]), np.array([54_000, 53_500]))
    assert disputed.tolist() == [False, True]


def test_tie_keeps_the_more_trusted() -> None:
    disputed = mileage.fewest_disputed(
        np.array([7, 7]), np.array([54_000, 53_500]), np.array([2, 1])
    )
    assert disputed.tolist() == [True, False]


def test_trust_never_outweighs_a_reading() -> None:
    disputed = mileage.fewest_disputed(
        np.zeros(3, dtype=np.int64), np.array([500, 100, 200]), np.array([0, 9, 9])
    )
    assert disputed.tolist() == [True, False, False]


def test_nothing() -> None:
    nothing = np.array([], dtype=np.int64)
    assert mileage.fewest_disputed(nothing, nothing, nothing).tolist() == []


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=200))
@settings(max_examples=30)
def test_groups_do_not_touch_one_another(history: list[int]) -> None:
    values = np.array(history * 3, dtype=np.int64)
    groups = np.repeat(np.array([5, 1, 9]), len(history))
    disputed = mileage.fewest_disputed(groups, values)
    alone = mileage.fewest_disputed(groups[: len(history)], values[: len(history)])
    assert disputed.tolist() == alone.tolist() * 3


@pytest.mark.parametrize("case", ["early spike", "falling", "random", "two cars in turn"])
def test_worst_cases_stay_below_quadratic(case: str) -> None:
    size = 50_000
    line = np.arange(size, dtype=np.int64) * 3
    shapes = {
        "early spike": np.where(line == 15, 10**9, line),
        "falling": -line,
        "random": np.random.default_rng(1).permutation(line),
        "two cars in turn": np.where(np.arange(size) % 2, line, line + 10**8),
    }
    started = time.perf_counter()
    disputed = mileage.fewest_disputed(np.zeros(size, dtype=np.int64), shapes[case])
    assert time.perf_counter() - started < 10
    assert (~disputed).sum() == longest_by_patience(shapes[case])


def longest_by_patience(values: npt.NDArray[np.int64]) -> int:
    tails: list[int] = []
    for value in values.tolist():
        place = bisect_right(tails, value)
        tails[place : place + 1] = [value]
    return len(tails)


def test_several_lines_at_once_are_what_each_is_alone() -> None:
    random = np.random.default_rng(11)
    days = np.arange(400, dtype=np.int64)
    miles = 20_000 + days * 40 + random.integers(-900, 900, 400) * (random.random(400) < 0.4)
    group = np.zeros(400, dtype=np.int64)
    unit = lines.LARGEST_DISCOUNT * 400
    points = lines.Points(group, days * DAY, miles, np.full(400, unit), unit)
    several = [np.sort(random.permutation(400)[:size]) for size in (180, 3, 1, 0, 60)]
    rates = [600, 45, 600, 24, 24]  # miles a day
    together = tracks.smoothest_longest_chains(points, several, rates)
    for line, rate, found in zip(several, rates, together, strict=True):
        alone = line[tracks.flag_smoothest_longest_chain(points, line, rate)] if len(line) else line
        assert found.tolist() == alone.tolist()
    assert 0 < len(together[4]) < 60  # the rate of the line counts, not its neighbours'
    assert tracks.smoothest_longest_chains(points, [], []) == []
