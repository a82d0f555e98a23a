"""How long staging takes, against a plain COPY into unlogged copies plus the same indexes.

Run: python tests/benchmarks/bench_stage.py [events] [rounds]
Both read the same compressed files in one transaction, in turns on the same server; the stage adds
foreign keys, fingerprints, the comparison of all definitions and the look-over.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench_backup import CHILD, own_peak_megabytes, peak_megabytes, psql, source

from motomind_nb import backup, postgres, staging
from motomind_nb.backup import Manifest
from motomind_nb.postgres import Relation, connect


def statements(item: Relation, folder: Path) -> list[str]:
    """Return psql's commands for an unlogged copy of a table with its rows and indexes."""
    columns = [
        f'"{column.name}" {column.type}{"" if column.nullable else " NOT NULL"}'
        + (f" DEFAULT {column.default}" if column.default else "")
        for column in item.columns
    ]
    rules = [f'CONSTRAINT "{rule.name}" {rule.text}' for rule in item.texts("check")]
    keys = item.texts("primary key", "unique")
    unpack = f"zstd -dcq {folder / str(item.file)}"
    return [
        *(f"CREATE SEQUENCE {sequence.name};" for sequence in item.texts("sequence")),
        f"CREATE UNLOGGED TABLE {item.name} ({', '.join(columns + rules)});",
        f"\\copy {item.name} from program '{unpack}' csv header null '\\N'",
        *(f'ALTER TABLE {item.name} ADD CONSTRAINT "{key.name}" {key.text};' for key in keys),
        *(f"{index.text};" for index in item.texts("index")),
    ]


def plain(conninfo: str, folder: Path, held: Manifest) -> None:
    """Load the tables with psql."""
    script = folder.parent / "plain.sql"
    lines = [
        "SET maintenance_work_mem = '256MB';",
        "CREATE SCHEMA legacy;",
        "SET search_path = legacy;",
    ]
    for item in held.tables():
        lines += statements(item, folder)
    script.write_text("\n".join(lines) + "\n")
    subprocess.run(
        [psql(), "-qX1", "-v", "ON_ERROR_STOP=1", "-d", conninfo, "-f", str(script)],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def staged(conninfo: str, folder: Path) -> None:
    """Stage the backup."""
    with connect(conninfo) as connection:
        staging.restore_backup(connection, folder)


def seconds(running: postgres.Server, act: Callable[[str], None]) -> float:
    """Return how long an act takes on a new database, which is dropped."""
    conninfo = running.new_database("target")
    start = time.perf_counter()
    act(conninfo)
    taken = time.perf_counter() - start
    running.drop_database("target")
    return taken


def main(events: int, rounds: int) -> None:
    """Print seconds, the ratio and the peak memory."""
    with postgres.embedded_server() as running, tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "backup"
        held = backup.take_backup(source(running, events, Path(name)), folder)
        pairs = []
        for _ in range(rounds):
            first = seconds(running, lambda conninfo: plain(conninfo, folder, held))
            second = seconds(running, lambda conninfo: staged(conninfo, folder))
            pairs.append((first, second))
            print(f"  psql {first:.2f} s, stage {second:.2f} s", flush=True)
        peak = peak_megabytes(__file__, running.new_database("peak"), str(folder))
    ratio = statistics.median(second / first for first, second in pairs)
    print(f"{events} events: ratio {ratio:.2f} (median of {rounds}), peak memory {peak} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        staged(sys.argv[2], Path(sys.argv[3]))
        print(own_peak_megabytes())
    else:
        main(*([int(item) for item in sys.argv[1:]] + [1_000_000, 5][len(sys.argv) - 1 :]))
