"""Readings: their order, copies of one another, and those that are none."""

from motomind_nb.mileage.readings import kinds
from motomind_nb.mileage.readings.dates import date_text, day_number
from motomind_nb.mileage.readings.duplicates import match_repeated_readings
from motomind_nb.mileage.readings.frames import FIRST_DAY, LAST_DAY, from_frame
from motomind_nb.mileage.readings.readings import (
    DAY,
    NO_MILES,
    Flags,
    Integers,
    Readings,
    Unordered,
    sort_readings,
)

__all__ = [
    "DAY",
    "FIRST_DAY",
    "LAST_DAY",
    "NO_MILES",
    "Flags",
    "Integers",
    "Readings",
    "Unordered",
    "date_text",
    "day_number",
    "from_frame",
    "kinds",
    "match_repeated_readings",
    "sort_readings",
]
