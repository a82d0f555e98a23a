"""Disputed readings: the fewest that must go so that no vehicle's history ever decreases.

They are found before the load, from the staged rows, and loaded with a mark. Readings come packed,
one row a vehicle, through a server-side cursor, so that memory holds some vehicles at a time and
no reading becomes a Python object of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

import numpy as np

from motomind_nb import mileage
from motomind_nb.load.loadable import without_views
from motomind_nb.postgres import Connection, query

READING = np.dtype([("miles", ">i4"), ("source", ">i2"), ("id", "V16")])
VEHICLES_AT_A_TIME = 1000
Disputed = tuple[str, UUID, UUID]


def disputed_readings(connection: Connection, sources: Sequence[str]) -> Iterator[list[Disputed]]:
    """Yield the disputed readings (source table, source id, vehicle id), some vehicles at a time.

    ``sources`` names the event sources, the most trusted first: it decides between equally few
    readings. Reads only.
    """
    with connection.cursor(name="motomind_readings", binary=True) as cursor:
        cursor.execute(without_views("load/readings"), {"sources": list(sources)})
        while vehicles := cursor.fetchmany(VEHICLES_AT_A_TIME):
            yield _disputed(vehicles, sources)


def _disputed(vehicles: Sequence[tuple[UUID, bytes]], sources: Sequence[str]) -> list[Disputed]:
    """Return the disputed readings of a few vehicles."""
    readings = np.frombuffer(b"".join(packed for _, packed in vehicles), dtype=READING)
    sizes = [len(packed) // READING.itemsize for _, packed in vehicles]
    group = np.repeat(np.arange(len(vehicles), dtype=np.int64), sizes)
    source = readings["source"].astype(np.int64)
    marks = mileage.fewest_disputed(group, readings["miles"].astype(np.int64), source)
    return [
        (
            sources[source[place] - 1],
            UUID(bytes=readings["id"][place].tobytes()),
            vehicles[group[place]][0],
        )
        for place in np.flatnonzero(marks).tolist()
    ]


def store_disputed_readings(connection: Connection, sources: Sequence[str]) -> int:
    """Find the disputed readings and return their number. Writes: audit.disputed. Never commits."""
    number = 0
    for part in disputed_readings(connection, sources):
        with connection.cursor() as cursor, cursor.copy(query("load/keep_disputed")) as copy:
            for row in part:
                copy.write_row(row)
        number += len(part)
    return number
