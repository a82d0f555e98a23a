"""Writing down the readings that are more than a plain reading on its chain, by COPY.

A quarter of all readings are, so each becomes one line of text and no row of objects: written row
by row this took a sixth of the audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

import numpy as np

from motomind_nb.mileage import rules
from motomind_nb.mileage.auditing.packed import SIDES, Chunk, Side
from motomind_nb.mileage.auditing.reconstruction import Reconstruction
from motomind_nb.mileage.history import CODE
from motomind_nb.mileage.readings import NO_MILES, Integers, date_text
from motomind_nb.postgres import Connection, query

LINES_AT_A_TIME = 10_000
NULL = r"\N"


class Keeper:
    """Collects lines of audit.reading and writes them some thousands at a time. Never commits."""

    def __init__(
        self, connection: Connection, run_id: str, tenants: Mapping[UUID, UUID | None]
    ) -> None:
        self.connection = connection
        self.run_id = _escaped(run_id)
        self.tenants = tenants
        self.positions = dict.fromkeys(SIDES, 0)
        self.waiting: list[str] = []
        connection.execute(query("mileage/forget_readings"), {"run_id": run_id})

    def keep(self, name: str, chunk: Chunk, side: Side, found: Reconstruction) -> None:
        """Keep one side of a chunk. Writes: audit.reading."""
        lines = list(self._lines(name, chunk, side, found))
        self.positions[name] += len(side.readings)
        self.waiting += lines
        if len(self.waiting) >= LINES_AT_A_TIME:
            self.finish()

    def _lines(self, name: str, chunk: Chunk, side: Side, found: Reconstruction) -> Iterator[str]:
        readings = found.readings
        index = np.flatnonzero(found.code != CODE[rules.ON_CHAIN])
        vehicles = [f"{vehicle}\t{self._tenant(vehicle)}" for vehicle in chunk.vehicles]
        sources = [_escaped(source) for source in readings.sources]
        columns = (
            (index + self.positions[name] + 1).tolist(),
            [vehicles[number] for number in readings.vehicle[index].tolist()],
            [sources[number] for number in readings.source[index].tolist()],
            side.id_texts(index),
            _texts(readings.day[index], date_text),
            _texts(readings.seconds[index], _time_text),
            _texts(readings.miles[index], _miles_text),
            found.line[index].tolist(),
            found.on_chain[index].tolist(),
            [rules.CLASSES[code] for code in found.code[index].tolist()],
            _texts(found.suggestion[index], _suggestion_text),
        )
        for cells in zip(*columns, strict=True):
            yield "\t".join((self.run_id, name, *map(str, cells))) + "\n"

    def _tenant(self, vehicle: UUID) -> str:
        tenant = self.tenants.get(vehicle)
        return NULL if tenant is None else str(tenant)

    def finish(self) -> None:
        """Write what waits. Writes: audit.reading."""
        copying = query("mileage/keep_readings")
        with self.connection.cursor() as cursor, cursor.copy(copying) as copy:
            copy.write("".join(self.waiting))
        self.waiting = []


def _escaped(text: str) -> str:
    """Return a text as COPY reads it."""
    for letter, written in (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r")):
        text = text.replace(letter, written)
    return text


def _texts(numbers: Integers, text_of: Callable[[int], str]) -> list[str]:
    """Return a text per number; each different number is put into words once."""
    different, place = np.unique(numbers, return_inverse=True)
    texts = [text_of(number) for number in different.tolist()]
    return [texts[number] for number in place.tolist()]


def _time_text(seconds: int) -> str:
    """Return a time of day as text; 86,400 seconds are 24:00, the end of the day."""
    if seconds < 0:
        return NULL
    minutes, second = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}"


def _miles_text(miles: int) -> str:
    return NULL if miles == NO_MILES else str(miles)


def _suggestion_text(suggestion: int) -> str:
    return NULL if suggestion < 0 else str(suggestion)
