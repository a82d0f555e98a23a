"""The profile beside one plain aggregate scan of the same tables, and beside ydata-profiling.

Run: python tests/benchmarks/bench_profile.py [events] [vehicles]
The plain scan asks each of the 25 tables once for count, minimum and maximum of every column that
has them. ydata-profiling (minimal mode, largest table) is timed where it is installed; reading its
rows is not counted for it.
"""

from __future__ import annotations

import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from psycopg import sql

from motomind_nb import legacy, postgres, profile
from motomind_nb.backup import Manifest, manifest
from motomind_nb.postgres import Connection
from motomind_nb.postgres.queries import compose
from motomind_nb.profile.columns.scan import attributes
from motomind_nb.profile.columns.values import profile_object_columns

LARGEST = "fuel_logs"
ROUNDS = 5
PARTS = ("columns", "years", "keys", "references", "constraints")


@contextlib.contextmanager
def staged(events: int, vehicles: int) -> Iterator[Connection]:
    """Yield a connection to a generated legacy database whose objects stand in schema legacy."""
    with postgres.embedded_server() as running, tempfile.TemporaryDirectory() as folder:
        running.new_database("bench")
        with postgres.connect(running.conninfo("bench")) as connection:
            plan = legacy.Plan(vehicles=vehicles, events=events)
            legacy.generate(connection, plan, Path(folder) / "truth.csv")
            move(connection)
            connection.commit()
        with postgres.connect(running.conninfo("bench"), autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")
            yield connection


def beside(connection: Connection) -> Connection:
    """Return another connection to the same database."""
    return postgres.connect(connection.info.dsn, autocommit=True)


def move(connection: Connection) -> None:
    """Move the objects to schema legacy and say what there is, as the stage does."""
    connection.execute("CREATE SCHEMA legacy")
    connection.execute(
        (Path(__file__).parents[2] / "schema/target/00_audit.sql").read_text().encode()
    )
    kinds = {"r": "TABLE", "v": "VIEW", "m": "MATERIALIZED VIEW"}
    found = connection.execute(
        "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'v', 'm')"
    ).fetchall()
    for name, kind in found:
        statement = sql.SQL("ALTER {} public.{} SET SCHEMA legacy").format(
            sql.SQL(kinds[kind]), sql.Identifier(name)
        )
        connection.execute(statement)
        count = sql.SQL(
            "INSERT INTO audit.source_object SELECT {}, {}, true, count(*) FROM legacy.{}"
        ).format(name, kinds[kind].lower(), sql.Identifier(name))
        if name != "performance_dashboard":
            connection.execute(count)


def plain(connection: Connection) -> None:
    """One aggregate scan of each table: count, minimum, maximum of what has them."""
    for name, columns in attributes(connection).items():
        if not columns[0].is_table:
            continue
        asked = [sql.SQL("count(*)")]
        for column in columns:
            asked.append(sql.SQL("count({})").format(sql.Identifier(column.name)))
            if column.part in ("ordered", "text"):
                asked.append(sql.SQL("min({0}), max({0})").format(sql.Identifier(column.name)))
        statement = sql.SQL("SELECT {} FROM legacy.{}").format(
            sql.SQL(", ").join(asked), sql.Identifier(name)
        )
        connection.execute(statement).fetchall()


def ydata(connection: Connection) -> float | None:
    """Seconds that ydata-profiling takes for the largest table in minimal mode."""
    try:
        from ydata_profiling import ProfileReport
    except ImportError:
        return None
    frame = postgres.frame(connection, compose("SELECT * FROM {table}", table=("legacy", LARGEST)))
    started = time.perf_counter()
    ProfileReport(frame, minimal=True, progress_bar=False).to_json()
    return time.perf_counter() - started


def timed(action: Callable[[], object], times: int = 3) -> float:
    """Return the seconds of the fastest of some runs."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - started)
    return best


def known_of(connection: Connection) -> Manifest:
    """Return the manifest that a backup of these objects would have, without rows."""
    captured, own = postgres.describe_schema(connection, "legacy")
    connection.execute("RESET search_path")
    return Manifest({}, manifest.all_in_catalog_order(list(captured.values())), definitions=own)


def main(events: int = 1_000_000, vehicles: int = 10_000) -> None:
    """Print seconds and ratios."""
    with staged(events, vehicles) as connection, beside(connection) as other:
        known = known_of(connection)
        ratios = []
        # in turns, so that a busy machine slows both down
        for _ in range(ROUNDS):
            base = timed(lambda: plain(connection), 1)
            seconds = {
                name: timed(partial(getattr(profile, name), connection), 1) for name in PARTS
            }
            whole = timed(lambda: profile.profile_staged_copy([connection, other], known), 1)
            ratios.append(whole / base)
            told = ", ".join(f"{name} {value:.2f}" for name, value in seconds.items())
            print(
                f"plain scan {base:.2f} s; {told}; whole profile on two connections "
                f"{whole:.2f} s, {ratios[-1]:.2f} x"
            )
        print(f"{events:,} events: {statistics.median(ratios):.2f} x (median; at most 3 is wanted)")
        yours = ydata(connection)
        rows = attributes(connection)[LARGEST]
        ours = timed(lambda: profile_object_columns(connection, rows))
        print(
            f"{LARGEST}: profile {ours:.2f} s; ydata-profiling minimal "
            + (f"{yours:.1f} s, {yours / ours:.0f} x" if yours else "not installed")
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
