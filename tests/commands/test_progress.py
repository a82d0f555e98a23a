"""Progress: in rows, with rate and remaining time, and never silent for long."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import legacy_template
from loads import restore
from rich.console import Console

from motomind_nb import backup, runs
from motomind_nb.commands import progress
from motomind_nb.core import RowsDone, pace
from motomind_nb.core.progress import in_words
from motomind_nb.desk import opening
from motomind_nb.postgres import Server, connect
from motomind_nb.runs import Run
from motomind_nb.staging import restore_backup

Told = list[tuple[str, int, int]]


def keeping(told: Told) -> Callable[[str, int, int], None]:
    return lambda name, done, total: told.append((name, done, total))


def last(told: Told, name: str) -> tuple[int, int]:
    """What was told last of a piece of work, which never went back."""
    states = [state for one, *state in told if one == name]
    assert states == sorted(states, key=lambda state: state[0])
    return states[-1][0], states[-1][1]


def test_backup_and_stage_count_every_row(
    server: Server, empty_database: str, tmp_path: Path
) -> None:
    source = server.conninfo(legacy_template(server, "sample"))
    told: Told = []
    taken = backup.take_backup(source, tmp_path / "backup", keeping(told))
    held = sum(item.rows or 0 for item in taken.objects if item.file)
    assert last(told, "rows backed up") == (held, held)
    told.clear()
    with connect(empty_database) as connection:
        restore_backup(connection, tmp_path / "backup", keeping(told))
    rows = sum(item.rows or 0 for item in taken.tables())
    assert last(told, "rows staged") == (rows, rows) and rows > 70


def test_a_table_of_many_blocks_is_told_in_between(
    server: Server, empty_database: str, tmp_path: Path
) -> None:
    name = "many_blocks"
    source = server.create_database(name, legacy_template(server, "sample"))
    with connect(source) as connection:
        connection.execute(
            "INSERT INTO vin_cache (vin, data) SELECT 'V' || i,"
            " jsonb_build_object('x', repeat(i::text, 200))"
            " FROM generate_series(1, 9000) AS i"
        )
        connection.execute("ANALYZE vin_cache")
    told: Told = []
    taken = backup.take_backup(source, tmp_path / "backup", keeping(told))
    every = sum(item.rows or 0 for item in taken.objects if item.file)
    assert last(told, "rows backed up") == (every, every) and every > 9000
    between = {done for one, done, _ in told if one == "rows backed up" and 500 < done < 8900}
    assert len(between) > 2
    assert all(total >= 9000 for one, _, total in told if one == "rows backed up")
    assert restore(empty_database, tmp_path / "backup")
    server.drop_database(name)


@pytest.mark.parametrize(
    ("notebook", "work"),
    [
        ("02_rebuild", "rows loaded"),
        ("03_row_counts", "checks of rows"),
        ("04_mileage", "vehicles"),
        ("05_architecture", "proofs and checks"),
    ],
)
def test_every_stage_tells_where_it_is_and_comes_to_its_end(
    notebook: str, work: str, run_before: Callable[[str], Run]
) -> None:
    run = run_before(notebook)
    opening.run_stage_without_notebook(run, notebook)
    kept = runs.read_progress(run.folder)
    assert kept["name"] == work and kept["done"] == kept["total"] > 3


def test_what_is_not_known_before_corrects_the_sum() -> None:
    told: Told = []
    rows = RowsDone(keeping(told), "rows", {"kilns": 10, "glazes": 100})
    rows.add("kilns", 25)
    rows.finish("kilns")
    rows.add("glazes", 40)
    rows.finish("glazes")
    states = [(done, total) for _, done, total in told]
    assert states == [(25, 125), (25, 125), (65, 125), (65, 65)]


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (0, 10, 30.0, ""),
        (5, 10, 0.4, ""),
        (500, 2000, 10.0, "50/s, about 30 s left"),
        (1_000_000, 10_000_000, 20.0, "50,000/s, about 3 min left"),
        (3, 24, 3600.0, "0.0/s, about 7 h 0 min left"),
        (10, 10, 5.0, "2.0/s"),
    ],
)
def test_pace_in_words(done: int, total: int, seconds: float, said: str) -> None:
    assert pace(done, total, seconds) == said


def test_times_in_words() -> None:
    assert [in_words(number) for number in (0.2, 89, 91, 3599, 7380)] == [
        "1 s",
        "89 s",
        "2 min",
        "1 h 0 min",
        "2 h 3 min",
    ]


def test_without_a_terminal_a_line_comes_also_while_nothing_is_told() -> None:
    heard: list[str] = []
    with progress.lines(heard.append, seconds=0.2) as tell:
        tell("rows staged", 1000, 5000)
        time.sleep(1.3)
        during = list(heard)
        tell("rows staged", 5000, 5000)
    assert len(during) >= 3
    assert re.fullmatch(
        r"rows staged: 1,000 of 5,000, [\d,]+/s, about \d+ s left, 1 s so far", during[-1]
    )
    assert heard[-1].startswith("rows staged: 5,000 of 5,000, 1.")
    assert heard[len(during) :] == heard[-1:]


def test_what_ends_at_once_is_one_line() -> None:
    heard: list[str] = []
    with progress.lines(heard.append, seconds=0.2) as tell:
        tell("tables", 4, 4)
        time.sleep(0.5)
    assert heard == ["tables: 4 of 4"]


def test_on_a_terminal_the_time_of_what_ended_stays() -> None:
    seen = io.StringIO()
    with progress._bars(Console(file=seen, force_terminal=True, width=120)) as tell:
        tell("01_profile", 0, 3)
        time.sleep(0.1)
        tell("01_profile", 3, 3)
    assert re.search(r"01_profile: 3 of 3, 0\.\d s", seen.getvalue())
