"""Dates as PostgreSQL writes them, and as days since 1970-01-01.

PostgreSQL has dates that Python lacks: infinity, years before Christ and beyond 9999. A history
may hold any of them, so that dates are numbers here, and text where they are shown.
"""

from __future__ import annotations

import re
from datetime import date

import numpy as np

INFINITY = 2**31 - 1
DAY_OF = {"infinity": INFINITY, "-infinity": -INFINITY - 1}
TEXT_OF = {day: text for text, day in DAY_OF.items()}
WRITTEN = re.compile(r"(\d{4,})(-\d{2}-\d{2})(?:[T ]\d[\d:.]*(?:[+-]\d[\d:]*|Z)?)?( BC)?")

PLAIN = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d[\d:.]*(?:[+-]\d[\d:]*|Z)?)?")


def day_number(value: object) -> int:
    """Return the days from 1970-01-01 to a date, datetime or ISO text; infinity is a day as well.

    Raises: ValueError for what is no date.
    """
    text = str(value)
    if text in DAY_OF:
        return DAY_OF[text]
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no date")
    # ISO counts the year before 1 as 0
    year = 1 - int(found[1]) if found[3] else int(found[1])
    written = f"{year:05d}" if year < 0 else f"{year:04d}"
    return int(np.datetime64(f"{written}{found[2]}", "D").astype(np.int64))


def plain_day_number(value: object) -> int:
    """Return the days from 1970-01-01 to a date, a datetime or text as YYYY-MM-DD, time or not.

    Raises: ValueError for anything else; a number is no date.
    """
    if not isinstance(value, str | date | np.datetime64):
        raise ValueError(f"{value!r} is no date")
    if isinstance(value, str) and PLAIN.fullmatch(value) is None:
        raise ValueError(f"{value!r} is no date")
    return day_number(value)


def date_text(day: int) -> str:
    """Return the date so many days from 1970-01-01 as PostgreSQL writes it."""
    if day in TEXT_OF:
        return TEXT_OF[day]
    year, month, rest = str(np.datetime64(day, "D")).rsplit("-", 2)
    if int(year) > 0:
        return f"{year}-{month}-{rest}"
    return f"{1 - int(year):04d}-{month}-{rest} BC"
