"""Texts for COPY, looked up instead of formatted: a million rows take seconds, not minutes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Objects = npt.NDArray[np.object_]

NULL = "\\N"
FIRST_DAY = date(1990, 1, 1)
LAST_EVENT_DAY = (date(2025, 9, 25) - FIRST_DAY).days
DAYS = LAST_EVENT_DAY + 400
MINUTES_A_DAY = 1440
ZONES = (
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Phoenix",
)


def texts_as_array(values: list[str]) -> Objects:
    """Return the texts as an array that can be indexed by an array."""
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


@cache
def dates_by_day_number() -> Objects:
    """Return the ISO date of each day number (days since 1990-01-01)."""
    return texts_as_array([str(FIRST_DAY + timedelta(number)) for number in range(DAYS)])


@cache
def times_by_minute() -> Objects:
    """Return the time of each minute of a day."""
    return texts_as_array(
        [f"{minute // 60:02d}:{minute % 60:02d}:00" for minute in range(MINUTES_A_DAY)]
    )


@cache
def decimal_texts(places: int, most: int) -> Objects:
    """Return the text of each whole number up to ``most``, read as units of the last place."""
    one = 10**places
    return texts_as_array(
        [f"{number // one}.{number % one:0{places}d}" for number in range(most + 1)]
    )


@cache
def utc_offset_minutes() -> Integers:
    """Return minutes ahead of UTC by zone and day number, as they stand at local noon."""
    noon = [datetime.min.replace(year=1990, hour=12) + timedelta(number) for number in range(DAYS)]
    return np.array([[_offset(zone, moment) for moment in noon] for zone in ZONES], dtype=np.int64)


def _offset(zone: str, moment: datetime) -> int:
    shift = moment.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    return 0 if shift is None else int(shift.total_seconds()) // 60


def timestamps(day: Integers, local_minute: Integers, zone: Integers) -> list[str]:
    """Return the moments as UTC texts, given local day, local minute and zone number."""
    minute = local_minute - utc_offset_minutes()[zone, day]
    whole_day = dates_by_day_number()[day + minute // MINUTES_A_DAY]
    clock = times_by_minute()[minute % MINUTES_A_DAY]
    found: list[str] = (whole_day + " " + clock + "+00").tolist()
    return found


def ids(random: np.random.Generator, count: int) -> list[str]:
    """Return random version 4 uuids as 32 hexadecimal digits."""
    raw = np.frombuffer(random.bytes(16 * count), dtype=np.uint8).reshape(count, 16).copy()
    raw[:, 6] = (raw[:, 6] & 0x0F) | 0x40
    raw[:, 8] = (raw[:, 8] & 0x3F) | 0x80
    text = raw.tobytes().hex()
    return [text[start : start + 32] for start in range(0, 32 * count, 32)]


def null_where_absent(texts: list[str], present: npt.NDArray[np.bool_]) -> list[str]:
    """Return the texts with NULL wherever ``present`` is false."""
    return np.where(present, texts_as_array(texts), NULL).tolist()  # type: ignore[no-any-return]


def chosen(random: np.random.Generator, texts: tuple[str, ...], count: int) -> list[str]:
    """Return ``count`` of the texts, drawn with equal chance; name one twice to favour it."""
    return texts_as_array(list(texts))[random.integers(0, len(texts), count)].tolist()  # type: ignore[no-any-return]


def whole_number_texts(values: npt.NDArray[Any]) -> list[str]:
    """Return whole numbers as texts."""
    return list(map(str, values.tolist()))
