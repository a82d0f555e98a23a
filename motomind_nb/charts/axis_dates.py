"""Which dates an axis can show, and how it names them.

A reading of the year 20000 would make a point of all others. No label is a time of day: readings
are of a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN = r"(?:19|20|21)\d{2}-\d{2}-\d{2}(?:[T ][^B]*)?"
YEARS = "1900 to 2199"


def drop_undrawable_dates(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the readings with a date of the years that an axis shows. Reads only."""
    return readings[readings["date"].astype(str).str.fullmatch(SHOWN)]


def undrawn_readings_note(*sides: pd.DataFrame) -> str:
    """Return, for a title, how many readings are not drawn for their dates; '' for none."""
    number = sum(
        int(side["date"].notna().sum()) - len(drop_undrawable_dates(side)) for side in sides
    )
    if not number:
        return ""
    readings = "reading is" if number == 1 else "readings are"
    return f" ({number:,} {readings} dated outside {YEARS} and not drawn)"


def name_dates(axes: Axes, ticks: int) -> None:
    """Give the axis below whole days, at most ``ticks`` of them."""
    from matplotlib.dates import DAILY, MONTHLY, AutoDateLocator, ConciseDateFormatter

    axes.xaxis_date()
    low, high = axes.get_xlim()
    if high - low < ticks:
        days = np.arange(np.ceil(low), np.floor(high) + 1)
        axes.set_xticks(days, [_iso(day) for day in days])
        return
    locator = AutoDateLocator(minticks=2, maxticks=ticks)  # type: ignore[no-untyped-call]
    # few ticks over nearly two years, months or days need steps that matplotlib does not think of
    locator.intervald[MONTHLY] = [1, 2, 3, 4, 6, 12]
    locator.intervald[DAILY] = [1, 2, 3, 7, 14, 21, 31]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.xaxis.get_offset_text().set_fontsize(8.5)


def name_ends(axes: Axes, days: Sequence[float]) -> None:
    """Give a small axis the first and the last day drawn, written in full."""
    if not len(days):
        axes.set_xticks([])
        return
    ends = sorted({min(days), max(days)})
    axes.set_xticks(ends, [_iso(day) for day in ends])
    # two labels that end where the panel ends can not run into one another
    if len(ends) == 2:
        first, last = axes.get_xticklabels()
        first.set_horizontalalignment("left")
        last.set_horizontalalignment("right")


def _iso(day: float) -> str:
    """Return a day from 1970-01-01 as an ISO date."""
    return str(np.datetime64(int(day), "D"))
