"""One pass over the fleet, a run of vehicles at a time: histories, mistakes, rows, COPY, truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from motomind_nb import legacy, sql
from motomind_nb.database import Connection
from motomind_nb.generate import fleet as fleets
from motomind_nb.generate import history as histories
from motomind_nb.generate import mistakes, owners, rows, truth
from motomind_nb.generate.copying import copy
from motomind_nb.generate.fleet import Fleet
from motomind_nb.generate.plan import TABLES, Plan

EVENTS_A_RUN = 50_000


def generate(
    connection: Connection,
    plan: Plan,
    truth_path: Path,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Create the legacy schema in an empty database and fill it as planned. Never commits.

    ``progress`` is called with the number of events written since its last call. The same plan
    gives the same rows and the same truth, byte by byte.

    Writes: the 35 legacy objects, their rows, and the truth file (CSV, compressed if its name ends
    in .gz).
    Raises: Refused for a plan that can't be followed or a database that is not empty.
    """
    plan.check()
    legacy.create(connection)
    fleet = fleets.make(plan)
    owners.fill(connection, plan, fleet)
    with truth.opened(truth_path) as writer:
        for vehicles in runs(fleet):
            events = write_run(connection, plan, fleet, (vehicles, writer))
            if progress is not None:
                progress(events)
    connection.execute(sql.query("generate/refresh"))
    connection.execute(sql.query("generate/analyze"))


def runs(fleet: Fleet) -> Iterator[slice]:
    """Yield runs of whole vehicles with about the same number of events each."""
    part = np.cumsum(fleet.events) // EVENTS_A_RUN
    edges = np.flatnonzero(np.diff(part)) + 1
    bounds = [0, *edges.tolist(), len(part)]
    yield from (slice(start, end) for start, end in pairwise(bounds))


def write_run(connection: Connection, plan: Plan, fleet: Fleet, run: tuple[slice, Any]) -> int:
    """Write the events of a run of vehicles and their truth; return how many there are."""
    vehicles, writer = run
    random = np.random.default_rng([plan.seed, 4, vehicles.start])
    history = histories.make(plan, fleet, vehicles)
    written = mistakes.make(plan, fleet, history, vehicles.start)
    ids = []
    for number, table in enumerate(TABLES):
        batch = rows.batch(fleet, history, written, (random, history.table == number))
        copy(connection, table, rows.MAKERS[table](batch))
        ids.append(batch.id)
    writer.writerows(truth.readings(fleet, history, written, truth.in_order(history, ids)))
    writer.writerows(truth.vehicles(fleet, history, written))
    return len(history.vehicle)
