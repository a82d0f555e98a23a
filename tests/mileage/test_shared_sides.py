"""Both sides reconstructed with what they share: the same as each of them alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from motomind_nb.mileage import Rules
from motomind_nb.mileage.auditing.reconstruction import (
    OF_READINGS,
    Reconstruction,
    differing_vehicles,
    reconstruction,
)
from motomind_nb.mileage.readings import NO_MILES, Readings, Unordered, sort_readings

RULES = Rules()
VEHICLES = 40
SEEDS = range(6)


def histories(seed: int) -> pd.DataFrame:
    """A fleet with odd readings: typing errors, copies in two sources, gaps, another unit."""
    chance = np.random.default_rng(seed)
    parts = []
    for vehicle in range(VEHICLES):
        size = int(chance.integers(0, 30))
        day = np.sort(chance.integers(15_000, 20_000, size))
        miles = np.cumsum(chance.integers(0, 900, size)) + chance.integers(0, 200_000)
        miles = np.where(chance.random(size) < 0.08, miles * 10, miles)
        miles = np.where(chance.random(size) < 0.05, miles * 1.609, miles).astype(np.int64)
        miles[chance.random(size) < 0.03] = NO_MILES
        seconds = np.where(chance.random(size) < 0.5, -1, chance.integers(0, 86_400, size))
        source = chance.integers(0, len(RULES.source_order), size)
        columns = {"day": day, "seconds": seconds, "miles": miles, "source": source}
        parts.append(pd.DataFrame({"vehicle": vehicle, **columns}))
        copied = parts[-1].iloc[: int(chance.integers(0, 3))]
        parts.append(copied.assign(source=(copied.source + 1) % len(RULES.source_order)))
    return pd.concat(parts, ignore_index=True).astype(np.int64)


def changed(before: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The fleet after: some vehicles lose, gain, alter, re-date or give away readings."""
    chance = np.random.default_rng(seed + 1000)
    after = before.copy()
    for vehicle in chance.choice(VEHICLES, 8, replace=False):
        rows = after.index[after.vehicle == vehicle]
        if not len(rows):
            continue
        row = chance.choice(rows)
        name, value = [("miles", 77), ("day", 16_000), ("vehicle", 3), ("source", 1)][
            int(chance.integers(0, 4))
        ]
        after.loc[row, name] = value
        after = after.drop(index=rows[: int(chance.integers(0, len(rows)))])
    return after.sample(frac=1, random_state=seed)


def ordered(frame: pd.DataFrame) -> Readings:
    """The readings of a frame as the audit has them."""
    known = frame.sort_values(list(frame))  # as the audit does by ids: equal rows in one order
    columns = {name: known[name].to_numpy() for name in known}
    return sort_readings(Unordered(pd.RangeIndex(VEHICLES), RULES.source_order, **columns), RULES)


def assert_same(one: Reconstruction, other: Reconstruction) -> None:
    """Two reconstructions tell the same, column by column."""
    for name in OF_READINGS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), name)
    assert one.readings is other.readings
    assert one.verdicts.verdict == other.verdicts.verdict
    assert one.verdicts.reason == other.verdicts.reason
    assert one.verdicts.remarks == other.verdicts.remarks
    np.testing.assert_array_equal(one.verdicts.current_miles, other.verdicts.current_miles)
    np.testing.assert_array_equal(one.verdicts.readings, other.verdicts.readings)


@pytest.mark.parametrize("seed", SEEDS)
def test_shared_is_the_same_as_alone(seed: int) -> None:
    before = histories(seed)
    old, new = ordered(before), ordered(changed(before, seed))
    differs = differing_vehicles(old, new)
    assert 0 < differs.sum() < VEHICLES
    for first, second in ((old, new), (new, old)):
        shared = reconstruction(first, RULES).of_other_side(second, RULES)
        assert_same(shared, reconstruction(second, RULES))


def test_equal_sides_are_reconstructed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    before = histories(1)
    old, new = ordered(before), ordered(before.sample(frac=1, random_state=2))
    told = reconstruction(old, RULES)
    monkeypatch.setattr("motomind_nb.mileage.auditing.reconstruction.reconstruction", None)
    shared = told.of_other_side(new, RULES)
    assert shared.line is told.line
    assert not differing_vehicles(old, new).any()


def test_only_vehicles_that_differ_are_reconstructed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = histories(2)
    after = before.copy()
    vehicle = int(after.vehicle.iloc[50])
    after.loc[50, "miles"] = 5
    asked: list[set[int]] = []

    def counting(readings: Readings, rules: Rules) -> Reconstruction:
        asked.append(set(readings.vehicle.tolist()))
        return reconstruction(readings, rules)

    told = reconstruction(ordered(before), RULES)
    monkeypatch.setattr("motomind_nb.mileage.auditing.reconstruction.reconstruction", counting)
    told.of_other_side(ordered(after), RULES)
    assert asked == [{vehicle}]


@pytest.mark.parametrize("side", [0, 1])
def test_a_vehicle_without_readings_on_one_side_differs(side: int) -> None:
    frames = [histories(3), histories(3)]
    frames[side] = frames[side][frames[side].vehicle != 7]
    old, new = map(ordered, frames)
    assert np.flatnonzero(differing_vehicles(old, new)).tolist() == [7]
    told = reconstruction(old, RULES).of_other_side(new, RULES)
    assert_same(told, reconstruction(new, RULES))
