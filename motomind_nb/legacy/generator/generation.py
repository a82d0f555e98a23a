"""One pass over the fleet, a run of vehicles at a time: histories, mistakes, rows, COPY, truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from motomind_nb.legacy import schema
from motomind_nb.legacy.generator import fleet, owners, rows, truth
from motomind_nb.legacy.generator.fleet import Fleet
from motomind_nb.legacy.generator.part import FleetPart, make_fleet_part
from motomind_nb.legacy.generator.plan import TABLES, Plan
from motomind_nb.postgres import Connection, copy_columns, query

EVENTS_A_RUN = 50_000


def generate(
    connection: Connection,
    plan: Plan,
    truth_path: Path,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Do what ``legacy.generate`` says."""
    plan.check()
    schema.create_schema(connection)
    made = fleet.make_fleet(plan)
    owners.write_non_event_rows(connection, plan, made)
    with truth.open_truth_writer(truth_path) as writer:
        for vehicles in split_fleet_evenly(made):
            events = write_events_and_truth(
                connection, make_fleet_part(plan, made, vehicles), writer
            )
            if progress is not None:
                progress(events)
    connection.execute(query("legacy/generator/refresh"))
    connection.execute(query("legacy/generator/analyze"))


def split_fleet_evenly(fleet: Fleet) -> Iterator[slice]:
    """Yield runs of whole vehicles with about the same number of events each."""
    part = np.cumsum(fleet.events) // EVENTS_A_RUN
    edges = np.flatnonzero(np.diff(part)) + 1
    bounds = [0, *edges.tolist(), len(part)]
    yield from (slice(start, end) for start, end in pairwise(bounds))


def write_events_and_truth(connection: Connection, part: FleetPart, writer: Any) -> int:
    """Write the events of a run of vehicles and, by a CSV writer, their truth; return how many."""
    fleet, events, written = part.fleet, part.events, part.written
    ids = []
    for number, table in enumerate(TABLES):
        batch = rows.select_batch(part, events.table == number)
        copy_columns(connection, table, rows.MAKERS[table](batch))
        ids.append(batch.id)
    writer.writerows(
        truth.spoiled_reading_lines(fleet, events, written, truth.ids_in_history_order(events, ids))
    )
    writer.writerows(truth.odd_vehicle_lines(fleet, events, written))
    return len(events.vehicle)
