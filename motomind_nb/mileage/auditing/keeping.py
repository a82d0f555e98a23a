"""Writing down the readings that are more than a plain reading on its chain, by COPY."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import numpy as np

from motomind_nb.mileage import rules
from motomind_nb.mileage.auditing.packed import SIDES, Chunk, Side
from motomind_nb.mileage.auditing.reconstruction import Reconstruction
from motomind_nb.mileage.history import CODE
from motomind_nb.mileage.readings import NO_MILES, date_text
from motomind_nb.postgres import Connection, query

ROWS_AT_A_TIME = 20_000
Row = tuple[Any, ...]


class Keeper:
    """Collects rows of audit.reading and writes them some thousands at a time. Never commits."""

    def __init__(
        self, connection: Connection, run_id: str, tenants: Mapping[UUID, UUID | None]
    ) -> None:
        self.connection = connection
        self.run_id = run_id
        self.tenants = tenants
        self.positions = dict.fromkeys(SIDES, 0)
        self.waiting: list[Row] = []
        connection.execute(query("mileage/forget_readings"), {"run_id": run_id})

    def keep(self, name: str, chunk: Chunk, side: Side, found: Reconstruction) -> None:
        """Keep one side of a chunk. Writes: audit.reading."""
        rows = list(self._rows(name, chunk, side, found))
        self.positions[name] += len(side.readings)
        self.waiting += rows
        if len(self.waiting) >= ROWS_AT_A_TIME:
            self.finish()

    def _rows(self, name: str, chunk: Chunk, side: Side, found: Reconstruction) -> Iterator[Row]:
        readings, history, classes = found.readings, found.history, found.classes
        index = np.flatnonzero(classes.code != CODE[rules.ON_CHAIN])
        for place, ident in zip(index.tolist(), side.ids(index), strict=True):
            vehicle = chunk.vehicles[readings.vehicle[place]]
            miles, suggestion = int(readings.miles[place]), int(classes.suggestion[place])
            seconds = int(readings.seconds[place])
            yield (
                self.run_id,
                name,
                self.positions[name] + place + 1,
                vehicle,
                self.tenants.get(vehicle),
                readings.sources[readings.source[place]],
                str(ident),
                date_text(int(readings.day[place])),
                None if seconds < 0 else _time_text(seconds),
                None if miles == NO_MILES else miles,
                int(history.line[place]),
                bool(history.on_chain[place]),
                rules.CLASSES[classes.code[place]],
                None if suggestion < 0 else suggestion,
            )

    def finish(self) -> None:
        """Write what waits. Writes: audit.reading."""
        copying = query("mileage/keep_readings")
        with self.connection.cursor() as cursor, cursor.copy(copying) as copy:
            for row in self.waiting:
                copy.write_row(row)
        self.waiting = []


def _time_text(seconds: int) -> str:
    """Return a time of day as text; 86,400 seconds are 24:00, the end of the day."""
    minutes, second = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}"
