"""How long the row and column diff takes, against one FULL JOIN for each pair.

Run: python tests/benchmarks/bench_diff.py [events] [rounds]
Both compare what the projections say with what the tables hold, in turns on one loaded database
with 50 rows missing and 100 changed; the diff also classifies each difference and keeps samples.
Where reladiff and datacompy are installed (here, or in the environment that MOTOMIND_PEERS names),
they compare one pair of plain tables, nine columns of the events, beside the same FULL JOIN.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bench_load import loaded, staged
from psycopg import sql

from motomind_nb import backup, load, postgres, reconcile
from motomind_nb.postgres import Connection, connect
from motomind_nb.reconcile.rows import cells
from motomind_nb.reconcile.rows.pairs import Pair, target_pairs

COLUMNS = "id, tenant_id, vehicle_id, type, date, local_time, miles, disputed, created_at"
DAMAGE = """
SET session_replication_role = replica;
DELETE FROM public.vehicle_events
WHERE id IN (SELECT id FROM public.vehicle_events ORDER BY id LIMIT 50);
UPDATE public.vehicle_events SET miles = miles + 1
WHERE miles IS NOT NULL AND id IN (SELECT id FROM public.vehicle_events ORDER BY id DESC LIMIT 110);
SET session_replication_role = origin;
"""
SIDES = f"""
CREATE TABLE side_a AS SELECT {COLUMNS} FROM public.vehicle_events;
CREATE TABLE side_b AS SELECT * FROM side_a;
ALTER TABLE side_a ADD PRIMARY KEY (id);
ALTER TABLE side_b ADD PRIMARY KEY (id);
DELETE FROM side_b WHERE id IN (SELECT id FROM side_a ORDER BY id LIMIT 50);
UPDATE side_b SET miles = coalesce(miles, 0) + 1
WHERE id IN (SELECT id FROM side_a ORDER BY id DESC LIMIT 100);
ANALYZE side_a, side_b;
"""
# another environment may hold the peers: MOTOMIND_PEERS names it
PEERS = Path(os.environ.get("MOTOMIND_PEERS", sys.prefix)) / "bin"
COMPARE = """
import sys, datacompy, pandas
frames = [pandas.read_csv(path, low_memory=False) for path in sys.argv[1:]]
kind = getattr(datacompy, "PandasCompare", None) or datacompy.Compare
kind(*frames, join_columns="id").report()
"""
JOIN = "SELECT count(*) FROM ({expected}) AS e FULL JOIN ({target}) AS t ON {keys} WHERE {differs}"
SIDES_JOIN = (
    "SELECT a.*, b.* FROM side_a AS a FULL JOIN side_b AS b ON a.id = b.id WHERE "
    + " OR ".join(f"a.{name} IS DISTINCT FROM b.{name}" for name in COLUMNS.split(", "))
)


def full_join(connection: Connection, pair: Pair) -> sql.Composed:
    """Return one FULL JOIN of both sides of a pair, column by column."""
    first = pair.projections[0]
    columns = first.columns(connection)
    expected = sql.SQL(" UNION ALL ").join(item.select for item in pair.projections)
    target = sql.SQL("SELECT * FROM {}").format(sql.Identifier(*pair.target))
    same = sql.SQL("e.{0} = t.{0}")
    other = sql.SQL("e.{0} IS DISTINCT FROM t.{0}")
    return sql.SQL(JOIN).format(
        expected=expected,
        target=target,
        keys=sql.SQL(" AND ").join(same.format(sql.Identifier(key)) for key in first.key),
        differs=sql.SQL(" OR ").join(other.format(sql.Identifier(name)) for name in columns),
    )


def plain(connection: Connection) -> None:
    """Join every pair once."""
    for pair in target_pairs():
        connection.execute(full_join(connection, pair))


def seconds(act: Callable[[], object]) -> float:
    """Return how long an act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def tools(conninfo: str, folder: Path) -> dict[str, float]:
    """Print and return what the tools need for one pair of plain tables, beside one FULL JOIN."""
    found: dict[str, float] = {}
    with connect(conninfo, autocommit=True) as connection:
        connection.execute(SIDES.encode())
        found["one FULL JOIN of nine columns"] = seconds(
            lambda: connection.execute(SIDES_JOIN.encode())
        )
        os.environ["PGHOST"] = connection.info.host
        address = f"postgresql://postgres@/{connection.info.dbname}"
        if (PEERS / "reladiff").exists():
            command = ["reladiff", address, "side_a", address, "side_b", "-k", "id", "-c", "%"]
            with suppress(subprocess.CalledProcessError):  # a peer that fails has no figure
                found["reladiff"] = seconds(lambda: peer(command))
        if has_datacompy():
            files = [folder / f"{side}.csv" for side in ("side_a", "side_b")]
            found["export for datacompy"] = seconds(
                lambda: [export(connection, file) for file in files]
            )
            command = ["python", "-c", COMPARE, *map(str, files)]
            with suppress(subprocess.CalledProcessError):
                found["datacompy"] = seconds(lambda: peer(command))
        connection.execute("DROP TABLE side_a, side_b")
    for name, taken in found.items():
        print(f"  {name} {taken:.1f} s", flush=True)
    return found


def has_datacompy() -> bool:
    """Whether the environment of the peers holds datacompy."""
    python = PEERS / "python"
    if not python.exists():
        return False
    command = [python, "-c", "import datacompy"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def peer(command: list[str]) -> None:
    """Run a command of the environment of the peers and forget what it prints."""
    subprocess.run([PEERS / command[0], *command[1:]], check=True, stdout=subprocess.DEVNULL)


def export(connection: Connection, file: Path) -> None:
    """Write a table as CSV."""
    statement = f"COPY {file.stem} TO STDOUT (FORMAT csv, HEADER)"
    with file.open("wb") as out, connection.cursor().copy(statement.encode()) as copy:
        for block in copy:
            out.write(block)


def main(events: int, rounds: int) -> None:
    """Print seconds, the ratio and the peak memory of this process."""
    with postgres.embedded_server() as running, tempfile.TemporaryDirectory() as name:
        conninfo = running.conninfo(staged(running, events, Path(name)))
        loaded(conninfo, load.load_staged_rows)
        with connect(conninfo, autocommit=True) as connection:
            connection.execute(DAMAGE.encode())
            connection.execute("VACUUM ANALYZE")
            ratios = []
            for _ in range(rounds):
                first = seconds(lambda: plain(connection))
                second = seconds(lambda: cells.differences(connection))
                ratios.append(second / first)
                print(f"  FULL JOINs {first:.1f} s, diff {second:.1f} s", flush=True)
            before = backup.read_manifest(Path(name) / "backup")
            everything = seconds(lambda: reconcile.compare_rows(connection, before).findings)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{events} events: ratio {statistics.median(ratios):.2f} (median of {rounds}), "
            f"all checks {everything:.1f} s, peak memory {peak} MB"
        )
        tools(conninfo, Path(name))


if __name__ == "__main__":
    main(*([int(item) for item in sys.argv[1:]] + [1_000_000, 3][len(sys.argv) - 1 :]))
