"""Fetching whole vehicles from the database, a bounded number of readings at a time.

One row a vehicle, its readings packed into bytes, through a server-side cursor: no reading becomes
a Python object, and memory holds one chunk. Measured against one row a reading, this takes a third
of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import numpy as np
import pandas as pd
from psycopg import sql
from psycopg.rows import args_row

from motomind_nb.mileage.comparison import Listed
from motomind_nb.mileage.readings import NO_MILES, Integers, Readings, Unordered, sort_readings
from motomind_nb.mileage.rules import Rules
from motomind_nb.postgres import Connection, query, value

READING = np.dtype(
    [
        ("day", ">i4"),
        ("seconds", ">i4"),
        ("miles", ">i4"),
        ("source", ">i2"),
        ("high", ">i8"),
        ("low", ">i8"),
    ]
)
NULL_MILES = -(2**31)
READINGS_AT_A_TIME = 20_000
VEHICLES_AT_A_TIME = 100
UNKNOWN_SOURCE = "unknown"
SIDES = ("before", "after")


class Packed(NamedTuple):
    """One vehicle with its readings on both sides, READING after READING; None for no reading."""

    vehicle: UUID
    before: bytes | None
    after: bytes | None

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.before or b"") + len(self.after or b"")


@dataclass(frozen=True)
class Side:
    """One side of a chunk: its readings in order, and the two halves of their ids (int64)."""

    readings: Readings
    high: Integers
    low: Integers

    def id_texts(self, index: Integers) -> list[str]:
        """Return the ids of some readings, as text."""
        digits = np.column_stack((self.high[index], self.low[index])).astype(">i8").tobytes().hex()
        starts = range(0, len(digits), 32)
        return [
            f"{digits[at : at + 8]}-{digits[at + 8 : at + 12]}-{digits[at + 12 : at + 16]}"
            f"-{digits[at + 16 : at + 20]}-{digits[at + 20 : at + 32]}"
            for at in starts
        ]

    def listed(self, start: int) -> Listed:
        """Return the readings for the comparison, their vehicles numbered from `start`.

        What tells more of a reading is its source.
        """
        found = self.readings
        vehicle = found.vehicle + start
        return Listed(vehicle, found.day, found.miles, self.high, self.low, found.source)


@dataclass(frozen=True)
class Chunk:
    """Some vehicles with all their readings on both sides; `start` is the first one's number."""

    start: int
    vehicles: list[UUID]
    sides: tuple[Side, Side]


def uuid_of(high: int, low: int) -> UUID:
    """Return the id of its two halves."""
    return UUID(int=((high & (2**64 - 1)) << 64) | (low & (2**64 - 1)))


def all_readings_queries(connection: Connection) -> tuple[sql.Composed, sql.Composed]:
    """Return the two separately written queries of all readings, before and after."""
    before = query("mileage/before")
    if value(connection, query("mileage/has_manual_events")):
        manual = query("mileage/before_manual")
        before = query("mileage/either", first=before, second=manual)
    return before, query("mileage/after")


def chunks(connection: Connection, rules: Rules) -> Iterator[Chunk]:
    """Yield all vehicles with readings, in order of their ids. Reads only."""
    before, after = all_readings_queries(connection)
    statement = query("mileage/packed", before=before, after=after)
    waiting: list[Packed] = []
    start, size = 0, 0
    with connection.cursor(
        name="motomind_mileage", binary=True, row_factory=args_row(Packed)
    ) as cursor:
        cursor.execute(statement, {"sources": list(rules.source_order)})
        while rows := cursor.fetchmany(VEHICLES_AT_A_TIME):
            waiting += rows
            size += sum(row.size for row in rows)
            if size >= READINGS_AT_A_TIME * READING.itemsize:
                yield _chunk(start, waiting, rules)
                start, waiting, size = start + len(waiting), [], 0
    if waiting:
        yield _chunk(start, waiting, rules)


def _chunk(start: int, rows: Sequence[Packed], rules: Rules) -> Chunk:
    vehicles = [row.vehicle for row in rows]
    before = _side([row.before or b"" for row in rows], rules)
    after = _side([row.after or b"" for row in rows], rules)
    return Chunk(start, vehicles, (before, after))


def _side(packed: list[bytes], rules: Rules) -> Side:
    """Return one side's readings; the ids settle the order of what is otherwise equal."""
    found = np.frombuffer(b"".join(packed), dtype=READING)
    sizes = [len(part) // READING.itemsize for part in packed]
    vehicle = np.repeat(np.arange(len(packed), dtype=np.int64), sizes)
    columns = {name: found[name].astype(np.int64) for name in READING.names or ()}
    source = columns["source"] - 1
    source[source < 0] = len(rules.source_order)
    order = np.lexsort((columns["low"], columns["high"], source))
    vehicle, source = vehicle[order], source[order]
    day, seconds, miles = (columns[name][order] for name in ("day", "seconds", "miles"))
    unordered = Unordered(
        pd.RangeIndex(len(packed)),
        (*rules.source_order, UNKNOWN_SOURCE),
        vehicle=vehicle,
        day=day,
        seconds=seconds,
        miles=np.where(miles == NULL_MILES, NO_MILES, miles),
        source=source,
    )
    readings = sort_readings(unordered, rules)
    rows = order[readings.row]
    return Side(readings, columns["high"][rows], columns["low"][rows])
