"""How long a load takes, against a bare INSERT ... SELECT into the same tables.

Run: python tests/benchmarks/bench_load.py [events] [rounds]
Both make the tables, insert what the projections map and the sources of events, and then build the
same keys, indexes, triggers and views, in turns on clones of one staged database. The load adds
quarantine, disputed readings and the list of its decisions.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench_backup import CHILD, own_peak_megabytes, peak_megabytes, source

from motomind_nb import backup, load, postgres, rebuilt, staging
from motomind_nb.load import EVENTS, column_list
from motomind_nb.postgres import Connection, compose, connect, query

LINEAGE = {
    source: f"INSERT INTO private.event_source SELECT '{source}', id, tenant_id, id, {date} "
    f"FROM {{source}}.{source}"
    for source, date in {
        "vehicle_events": "date",
        "odometer_readings": "reading_date",
        "fuel_logs": "date",
        "service_records": "service_date",
    }.items()
}
Act = Callable[[Connection], object]


def staged(running: postgres.Server, events: int, folder: Path) -> str:
    """Return the name of a database with generated rows staged."""
    backup.take_backup(source(running, events, folder), folder / "backup")
    with connect(running.new_database("staged")) as connection:
        staging.restore_backup(connection, folder / "backup")
    running.drop_database("source")
    return "staged"


def plain(connection: Connection) -> None:
    """Insert what the projections map, and no more."""
    for projection in load.projections():
        connection.execute(
            query(
                "load/rows",
                table=projection.table,
                projection=projection.select,
                columns=column_list(projection.columns(connection)),
            )
        )
        if projection.target == EVENTS:
            connection.execute(compose(LINEAGE[projection.source]))


def loaded(conninfo: str, act: Act) -> tuple[float, float]:
    """Make the rebuilt schema around a load; return the seconds of the load and of all."""
    with connect(conninfo) as connection:
        years = load.event_years(connection)
        start = time.perf_counter()
        rebuilt.create_tables(connection, years)
        before = time.perf_counter()
        act(connection)
        after = time.perf_counter()
        rebuilt.add_keys_and_rules(connection)
    return after - before, time.perf_counter() - start


def main(events: int, rounds: int) -> None:
    """Print seconds, the ratios and the peak memory of the load's process."""
    with postgres.embedded_server() as running, tempfile.TemporaryDirectory() as name:
        template = staged(running, events, Path(name))
        ratios = []
        for _ in range(rounds):
            taken = []
            for act in (plain, load.load_staged_rows):
                running.create_database("target", template)
                taken.append(loaded(running.conninfo("target"), act))
                running.drop_database("target")
            ratios.append(taken[1][1] / taken[0][1])
            shown = [f"{part:.1f} s (with indexes {whole:.1f} s)" for part, whole in taken]
            print(f"  INSERT {shown[0]}, load {shown[1]}", flush=True)
        running.create_database("target", template)
        peak = peak_megabytes(__file__, running.conninfo("target"))
    print(
        f"{events} events: ratio {statistics.median(ratios):.2f} with indexes "
        f"(median of {rounds}), peak memory {peak} MB"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        loaded(sys.argv[2], load.load_staged_rows)
        print(own_peak_megabytes())
    else:
        main(*([int(item) for item in sys.argv[1:]] + [1_000_000, 3][len(sys.argv) - 1 :]))
