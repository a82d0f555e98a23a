"""The longest time between two runs of a schedule, as pg_cron reads schedules."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motomind_nb.rebuilt.schedules import longest_interval

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
KNOWN = {
    "* * * * *": MINUTE,
    "*/5 * * * *": 5 * MINUTE,
    "1-59/5 * * * *": 5 * MINUTE,
    "0,50 * * * *": 50 * MINUTE,
    " 7  *\t* * * ": 60 * MINUTE,
    "*/10 8-17 * * *": timedelta(hours=14, minutes=10),
    "15 3 1 * *": 31 * DAY,
    "0 0 $ * *": 31 * DAY,
    "0 0 31 * *": 61 * DAY,
    "0 9 * * mon-fri": 3 * DAY,
    "0 9 * * 1-5": 3 * DAY,
    "0 9 * * 0": 7 * DAY,
    "0 9 * * 7": 7 * DAY,
    "0 0 1 * sun": 7 * DAY,
    "0 0 1 JAN *": 366 * DAY,
    "0 0 29 2 *": 1461 * DAY,
    "@hourly": 60 * MINUTE,
    "@daily": DAY,
    "@Weekly": 7 * DAY,
    "30 seconds": timedelta(seconds=30),
    "1 second": timedelta(seconds=1),
}


@pytest.mark.parametrize("schedule", KNOWN)
def test_the_longest_time_between_two_runs(schedule: str) -> None:
    assert longest_interval(schedule) == KNOWN[schedule]


UNREADABLE = (
    *("", "x", "* * *", "60 * * * *", "* 24 * * *", "5-1 * * * *", "*/0 * * * *", "0 0 30 2 *"),
    *("@reboot", "* * * * * *", "-1 * * * *", "1, * * * *", "0 0 * foo *", "0 0 0 * *"),
)


@pytest.mark.parametrize("schedule", UNREADABLE)
def test_what_is_no_schedule_or_never_runs_has_none(schedule: str) -> None:
    assert longest_interval(schedule) is None
