"""Histories made for single numbers of the rules: tests/mileage/test_rules.py."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

WEEKS = [50_000 + 300 * week for week in range(12)]


def history(
    miles: npt.ArrayLike, days: npt.ArrayLike, source: str = "fuel_logs", time: object = None
) -> pd.DataFrame:
    """Readings of one vehicle, from 2019-01-07 on."""
    written = np.rint(np.asarray(miles)).astype(np.int64)
    return pd.DataFrame(
        {
            "vehicle_id": "bus",
            "date": np.datetime64("2019-01-07") + np.asarray(days).astype("timedelta64[D]"),
            "time": time,
            "miles": written,
            "source": source,
        }
    )


def weekly(*miles: int) -> pd.DataFrame:
    """Readings a week apart."""
    return history(list(miles), 7 * np.arange(len(miles)))


def after_weeks(days: int, miles: int) -> pd.DataFrame:
    """Twelve plain weeks and one more reading some days later."""
    return history([*WEEKS, miles], [*(7 * np.arange(12)), 77 + days])


def joined(*frames: pd.DataFrame) -> pd.DataFrame:
    """The readings of several sources."""
    return pd.concat(frames, ignore_index=True)


def drive(
    random: np.random.Generator, size: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Days and miles of a vehicle that drives as most do."""
    days = np.cumsum(random.integers(1, 14, size))
    driven = random.lognormal(3.5, 0.5) * np.diff(days, prepend=0) * random.lognormal(0, 0.4, size)
    return days, (random.integers(100, 90_000) + np.cumsum(driven)).astype(np.int64)


def keyed_wrongly(
    random: np.random.Generator, miles: npt.NDArray[np.int64], share: float
) -> npt.NDArray[np.int64]:
    """The miles with one digit wrong in a share of them."""
    wrong = miles.copy()
    for place in np.flatnonzero(random.random(len(miles)) < share).tolist():
        text = str(miles[place])
        at = int(random.integers(0, len(text)))
        wrong[place] = int(text[:at] + str(random.integers(0, 10)) + text[at + 1 :])
    return wrong


def fleet(kind: str, seeds: range, share: float = 0.1) -> pd.DataFrame:
    """Vehicles of one odd kind, one for each seed, a share of their readings keyed wrongly."""
    frames = []
    for seed in seeds:
        random = np.random.default_rng(seed)
        size = int(random.integers(12, 60))
        days, miles = drive(random, size)
        miles = odd_miles(kind, random, days, miles)
        frame = history(keyed_wrongly(random, miles, share), days)
        frames.append(frame.assign(vehicle_id=f"{kind} {seed}"))
    return joined(*frames)


def odd_miles(
    kind: str,
    random: np.random.Generator,
    days: npt.NDArray[np.int64],
    miles: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """The miles as an odd vehicle of one kind has them."""
    place, chance = np.arange(len(miles)), random.random(len(miles))
    at, length = int(random.integers(2, len(miles) - 4)), int(random.integers(3, 14))
    if kind == "replaced":
        return np.where(place < at, miles, miles - miles[at] + int(random.integers(0, 60_000)))
    if kind == "shared":
        other = miles * random.uniform(0.2, 3) + 12 * days
        return np.where(chance < 0.5, miles, other).astype(np.int64)
    if kind == "three":
        cars = [miles, miles // 3, miles * 2 + 5_000, miles * 5]
        return np.choose(random.integers(0, 4, len(miles)), cars).astype(np.int64)
    if kind in ("hours", "engines"):
        ratio = random.uniform(4.5, 24) if kind == "hours" else random.uniform(5.8, 12)
        return np.where(chance < (0.5 if kind == "hours" else 0.8), miles, miles / ratio).astype(
            np.int64
        )
    if kind == "units":
        ratio = random.choice([1.609344, 1609.344, 0.001])
        return np.where(chance < 0.3, miles * ratio, miles).astype(np.int64)
    inside = (place >= at) & (place < at + length) & (kind == "burst")
    return np.where(inside, miles + 40_000, miles)
