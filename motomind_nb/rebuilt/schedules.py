"""How often a schedule of pg_cron runs: the longest time between two of its runs.

pg_cron takes five fields (minute, hour, day of the month, month, day of the week), words such as
``@daily``, and from version 1.5 ``30 seconds``. ``$`` is the last day of the month.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

WORDS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
SECONDS = re.compile(r"(\d+) seconds?", re.IGNORECASE)
PART = re.compile(r"(\*|(\w+)(?:-(\w+))?)(?:/(\d+))?")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
LAST_DAY = "$"
# years that hold every combination of a day and its weekday that comes up within 8 years
FIRST, LAST = date(2024, 1, 1), date(2033, 1, 1)


@dataclass(frozen=True)
class _Field:
    """What one field of a schedule may be: its bounds, and names that stand for numbers."""

    low: int
    high: int
    names: tuple[str, ...] = ()

    def values(self, text: str) -> set[int]:
        """Return the numbers that a text means. Raises: ValueError."""
        return {number for part in text.split(",") for number in self._part(part)}

    def _part(self, text: str) -> range:
        found = PART.fullmatch(text)
        if not found:
            raise ValueError(text)
        whole, first, last, step = found.groups()
        low, high = (self.low, self.high) if whole == "*" else self._bounds(first, last, step)
        if not self.low <= low <= high <= self.high or step == "0":
            raise ValueError(text)
        return range(low, high + 1, int(step or 1))

    def _bounds(self, first: str, last: str | None, step: str | None) -> tuple[int, int]:
        """Return from where to where: a step behind a single number goes on to the end."""
        low = self._number(first)
        return low, self._number(last) if last else self.high if step else low

    def _number(self, text: str) -> int:
        name = text.lower()
        return self.names.index(name) + self.low if name in self.names else int(text)


MINUTE, HOUR, DAY = _Field(0, 59), _Field(0, 23), _Field(1, 31)
MONTH, WEEKDAY = _Field(1, 12, tuple(MONTHS)), _Field(0, 7, tuple(WEEKDAYS))


def longest_interval(schedule: str) -> timedelta | None:
    """Return the longest time between two runs of a schedule, None for one that can't be read."""
    text = " ".join(schedule.split())
    seconds = SECONDS.fullmatch(text)
    if seconds:
        return timedelta(seconds=int(seconds[1]))
    fields = WORDS.get(text.lower(), text).split(" ")
    try:
        minute, hour, day, month, weekday = fields
        times = sorted(h * 60 + m for h in HOUR.values(hour) for m in MINUTE.values(minute))
        days = _days(day, MONTH.values(month), weekday)
    except ValueError:
        return None
    return _longest(days, times) if len(days) > 1 else None


def _days(day: str, months: set[int], weekday: str) -> list[date]:
    """Return the days on which a schedule runs.

    Where both the day of the month and the weekday are given, either is enough.
    """
    last = day == LAST_DAY
    in_month = set() if last else DAY.values(day)
    in_week = {number % 7 for number in WEEKDAY.values(weekday)}
    both = day.startswith("*") or weekday.startswith("*")

    def runs(when: date) -> bool:
        by_month = _is_last(when) if last else when.day in in_month
        by_week = when.isoweekday() % 7 in in_week
        return when.month in months and (by_month and by_week if both else by_month or by_week)

    all_days = (FIRST + timedelta(number) for number in range((LAST - FIRST).days))
    return [when for when in all_days if runs(when)]


def _is_last(when: date) -> bool:
    """Return whether a day is the last of its month."""
    return when.day == monthrange(when.year, when.month)[1]


def _longest(days: list[date], times: list[int]) -> timedelta:
    """Return the longest time between two runs at these minutes of these days."""
    within = [later - earlier for earlier, later in pairwise(times)]
    apart = max((later - earlier).days for earlier, later in pairwise(days))
    overnight = apart * 1440 + times[0] - times[-1]
    return timedelta(minutes=max([overnight, *within]))
