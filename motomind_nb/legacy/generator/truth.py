"""The truth beside the database: which readings were spoiled and how, which vehicles are odd.

Columns of the file:
    table, id: the row (for an odd vehicle: vehicles and its id). vehicle_id: its vehicle.
    class: the kind of mistake, duplicate, shifted, or the oddity of a vehicle.
    chain: 1, or 2 on a replaced meter, a second car or an engine hour counter.
    true_miles, written_miles: what the meter showed and what was keyed.
    error_miles: written minus true.
    contradicts: true when the wrong reading contradicts the good ones around it; otherwise nothing
        tells it from a good one.
    chain_lengths: for an odd vehicle, the good readings on each chain, joined with +.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, cast
from uuid import UUID

import numpy as np

from motomind_nb.core import naming_path
from motomind_nb.legacy.generator.fleet import Fleet
from motomind_nb.legacy.generator.history import DUPLICATE, NOTHING, SHIFTED, History
from motomind_nb.legacy.generator.mistakes import Written, contradicts
from motomind_nb.legacy.generator.plan import CLASSES, KINDS, TABLES
from motomind_nb.legacy.generator.texts import texts_as_array

COLUMNS = (
    "table",
    "id",
    "vehicle_id",
    "class",
    "chain",
    "true_miles",
    "written_miles",
    "error_miles",
    "contradicts",
    "chain_lengths",
)
REPEATS = {DUPLICATE: "duplicate", SHIFTED: "shifted"}


@contextmanager
def open_truth_writer(path: Path) -> Iterator[Any]:
    """Yield a CSV writer with the header written; a name that ends in .gz is compressed."""
    with naming_path(path), ExitStack() as stack:
        file: IO[bytes] = stack.enter_context(path.open("wb"))
        if path.suffix == ".gz":
            # without name and time in its header the file depends on the seed alone
            file = stack.enter_context(_compressed(file))
        text = stack.enter_context(io.TextIOWrapper(file, encoding="utf-8", newline=""))
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        yield writer


def _compressed(file: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile("", "wb", 6, file, mtime=0))


def spoiled_reading_lines(
    fleet: Fleet, history: History, written: Written, ids: list[str]
) -> Iterator[tuple[object, ...]]:
    """Yield a line for each spoiled or repeated reading, in the order of the history."""
    wrong = contradicts(history, written)
    for row in np.flatnonzero((written.mistake > 0) | (history.repeat != NOTHING)).tolist():
        true, keyed = int(history.miles[row]), int(written.miles[row])
        yield (
            TABLES[history.table[row]],
            UUID(ids[row]),
            UUID(fleet.vehicles[history.vehicle[row]]),
            CLASSES[written.mistake[row]] or REPEATS[int(history.repeat[row])],
            int(history.chain[row]),
            true,
            keyed,
            keyed - true,
            str(bool(wrong[row])).lower(),
            "",
        )


def odd_vehicle_lines(
    fleet: Fleet, history: History, written: Written
) -> Iterator[tuple[object, ...]]:
    """Yield a line for each odd vehicle of the history."""
    good = history.has_miles & (written.mistake == 0)
    for number in np.unique(history.vehicle[fleet.kind[history.vehicle] > 0]).tolist():
        own = good & (history.vehicle == number)
        lengths = [int((own & (history.chain == chain)).sum()) for chain in (1, 2)]
        vehicle = UUID(fleet.vehicles[number])
        kind = KINDS[fleet.kind[number]]
        yield ("vehicles", vehicle, vehicle, kind, *[""] * 5, "+".join(map(str, lengths)))


def ids_in_history_order(history: History, ids_by_table: list[list[str]]) -> list[str]:
    """Return the ids of all rows in the order of the history, given those of each table."""
    found = texts_as_array([""] * len(history.table))
    for number, ids in enumerate(ids_by_table):
        found[history.table == number] = texts_as_array(ids)
    return found.tolist()  # type: ignore[no-any-return]
