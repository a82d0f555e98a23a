"""What the load is told of each reading: its chain, and whether it is disputed and why.

The reconstruction judges, as it does in the audit, so that both say the same of a reading. Whole
vehicles come packed through a server-side cursor, some thousands of readings at a time, so that
memory holds one part and no reading becomes a Python object but those that are told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import args_row

from motomind_nb import __version__
from motomind_nb.legacy import catalog
from motomind_nb.load.loadable import query_with_inlined_views
from motomind_nb.load.notes import Judged, UnorderedSum, sorted_records
from motomind_nb.postgres import Connection, query

if TYPE_CHECKING:
    from motomind_nb import mileage

READING = [("day", ">i4"), ("time", ">i8"), ("miles", ">i4"), ("source", ">i2"), ("id", "V16")]
BYTES = 34  # of one reading
MICROSECONDS = 1_000_000
READINGS_AT_A_TIME = 20_000
VEHICLES_AT_A_TIME = 100


class Packed(NamedTuple):
    """A vehicle with its readings, READING after READING."""

    vehicle: UUID
    readings: bytes


class Judgement(NamedTuple):
    """A reading that is disputed (reason: why, else None) or of a later chain than the first."""

    source_table: str
    source_id: UUID
    vehicle_id: UUID
    chain: int
    reason: str | None


def judged_readings(
    connection: Connection,
    sources: Sequence[str] = (),
    readings: sql.Composed | None = None,
) -> Iterator[list[Judgement]]:
    """Yield what is told of the readings, some vehicles at a time. Reads only.

    ``sources`` names the event sources, the most trusted first: it decides between equally few
    readings (none named: as the reconstruction trusts them). ``readings`` is another query of the
    same readings than the load's own.
    """
    rules = _rules(connection, sources)
    for vehicles in _parts(connection, rules.source_order, readings or _readings_query()):
        yield _judgements(vehicles, rules)


def _rules(connection: Connection, sources: Sequence[str]) -> mileage.Rules:
    """Return the rules of today, which trust the sources in this order. Reads only."""
    from motomind_nb import mileage

    trusted = tuple(sources) or tuple(
        name for name in mileage.Rules().source_order if name in catalog.EVENT_SOURCES
    )
    return mileage.rules_of_today(connection, mileage.Rules(source_order=trusted))


def _readings_query() -> sql.Composed:
    """Return the load's own query of the readings."""
    return query_with_inlined_views("load/readings")


def _parts(
    connection: Connection, sources: Sequence[str], readings: sql.Composed
) -> Iterator[list[Packed]]:
    """Yield whole vehicles, so many that their readings make up one part."""
    waiting: list[Packed] = []
    size = 0
    with connection.cursor(
        name="motomind_readings", binary=True, row_factory=args_row(Packed)
    ) as cursor:
        cursor.execute(readings, {"sources": list(sources)})
        while vehicles := cursor.fetchmany(VEHICLES_AT_A_TIME):
            waiting += vehicles
            size += sum(len(row.readings) for row in vehicles)
            if size >= READINGS_AT_A_TIME * BYTES:
                yield waiting
                waiting, size = [], 0
    if waiting:
        yield waiting


def _judgements(vehicles: Sequence[Packed], rules: mileage.Rules) -> list[Judgement]:
    """Return what is told of the readings of some vehicles."""
    import numpy as np
    import pandas as pd

    from motomind_nb import mileage

    read = np.frombuffer(b"".join(row.readings for row in vehicles), dtype=READING)
    sizes = [len(row.readings) // BYTES for row in vehicles]
    vehicle = np.repeat(np.arange(len(vehicles), dtype=np.int64), sizes)
    # the ids settle the order of what is otherwise equal
    ids = np.ascontiguousarray(read["id"]).view(">i8").reshape(-1, 2)
    order = np.lexsort((ids[:, 1], ids[:, 0], read["source"]))
    read, vehicle = read[order], vehicle[order]
    columns = {name: read[name].astype(np.int64) for name in ("day", "time", "miles", "source")}
    times = columns["time"]
    unordered = mileage.Unordered(
        pd.RangeIndex(len(vehicles)),
        rules.source_order,
        vehicle=vehicle,
        day=columns["day"],
        seconds=times // MICROSECONDS,
        miles=columns["miles"],
        source=columns["source"] - 1,
    )
    found = mileage.judged(unordered, times, rules)
    return [
        Judgement(
            rules.source_order[int(read["source"][place]) - 1],
            UUID(bytes=read["id"][place].tobytes()),
            vehicles[vehicle[place]].vehicle,
            int(found.chain[place]),
            mileage.REASONS[found.reason[place]] if found.reason[place] >= 0 else None,
        )
        for place in np.flatnonzero((found.chain > 1) | (found.reason >= 0)).tolist()
    ]


def checksum_of_readings(
    connection: Connection, readings: sql.Composed, sources: Sequence[str] = ()
) -> str:
    """Return the checksum of a query's readings, whatever their order. Reads only.

    It is bound to the rules of today and to the version of this package, which judge them.
    """
    rules = _rules(connection, sources)
    read = _sum_under(rules)
    for vehicles in _parts(connection, rules.source_order, readings):
        read.add(map(_in_order, vehicles))
    return read.hexadecimal()


def _sum_under(rules: mileage.Rules) -> UnorderedSum:
    """Return a sum for readings that are judged by the rules and this version."""
    begun = UnorderedSum()
    begun.add([f"{__version__} {rules!r}".encode()])
    return begun


def _in_order(vehicle: Packed) -> bytes:
    """Return a vehicle with its readings, whose order says nothing, as the same bytes always."""
    return vehicle.vehicle.bytes + sorted_records(vehicle.readings, BYTES)


def checksum_of_told(told: Iterable[Judgement]) -> str:
    """Return the checksum of what is told of readings, whatever its order."""
    held = UnorderedSum()
    held.add(map(_as_bytes, told))
    return held.hexadecimal()


def _as_bytes(told: Judgement) -> bytes:
    """Return what is told of a reading as bytes."""
    return repr(tuple(told)).encode()


def store_judgements(connection: Connection, sources: Sequence[str]) -> Judged:
    """Judge the readings and return what was judged and told.

    Writes: audit.disputed, audit.later_chain. Never commits.
    """
    rules = _rules(connection, sources)
    read, every = _sum_under(rules), UnorderedSum()
    for vehicles in _parts(connection, rules.source_order, _readings_query()):
        read.add(map(_in_order, vehicles))
        part = _judgements(vehicles, rules)
        every.add(map(_as_bytes, part))
        disputed = [(*item[:3], item.reason) for item in part if item.reason is not None]
        later = [(*item[:3], item.chain) for item in part if item.chain > 1]
        for name, told in (("keep_disputed", disputed), ("keep_later_chains", later)):
            with connection.cursor() as cursor, cursor.copy(query(f"load/{name}")) as copy:
                for row in told:
                    copy.write_row(row)
    return Judged(read.hexadecimal(), every.hexadecimal())
