"""Which dates an axis can show: a reading of the year 20000 would make a line of all others."""

from __future__ import annotations

import pandas as pd

SHOWN = r"(?:19|20|21)\d{2}-\d{2}-\d{2}(?:[T ][^B]*)?"
YEARS = "1900 to 2199"


def dated(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the readings with a date of the years that an axis shows. Reads only."""
    return readings[readings["date"].astype(str).str.fullmatch(SHOWN)]


def undrawn(*sides: pd.DataFrame) -> str:
    """Return, for a title, how many readings are not drawn for their dates; '' for none."""
    number = sum(int(side["date"].notna().sum()) - len(dated(side)) for side in sides)
    if not number:
        return ""
    readings = "reading is" if number == 1 else "readings are"
    return f" ({number:,} {readings} dated outside {YEARS} and not drawn)"
