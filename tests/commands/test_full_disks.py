"""Small file systems that are really full: exit code 2 and one line with path and cause."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from disks import FULL, disk, fill
from endings import LAST_NOTEBOOK

from motomind_nb import postgres, staging
from motomind_nb.backup import take_backup
from motomind_nb.core import MotomindError
from motomind_nb.runs import Run

COMMAND = [sys.executable, "-m", "motomind_nb"]


def said(*words: str, **variables: str) -> tuple[int, str]:
    """Run a command; return its exit code and the last line that it says of an error."""
    done = subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **variables},
    )
    assert "Traceback" not in done.stderr and "bug" not in done.stderr, done.stderr
    lines = [line for line in done.stderr.splitlines() if ": expected " in line]
    assert len(lines) == 1, done.stdout + done.stderr
    return done.returncode, lines[0]


@pytest.mark.parametrize("form", ["folder", "json"])
def test_a_backup_has_no_room(form: str, sample_database: str) -> None:
    with disk(8) as place:
        words = ("backup", "--source", "env:DEPOT", "--format", form, "--to", str(place / "kept"))
        code, line = said(*words, DEPOT=sample_database)
        assert code == 2 and line.startswith(str(place / "kept")) and FULL in line, line
        assert not list(place.iterdir())


def test_the_files_of_the_rebuilt_schema_have_no_room() -> None:
    with disk(8) as place:
        code, line = said("sql", "--to", str(place / "ddl"))
        assert code == 2 and line.startswith(str(place / "ddl")) and FULL in line


def test_a_truth_file_has_no_room(empty_database: str) -> None:
    with disk(8) as place:
        words = ("--vehicles", "3", "--events", "4000", "--truth", str(place / "truth.csv"))
        code, line = said("sample", "--target", "env:DEPOT", *words, DEPOT=empty_database)
        assert code == 2 and line.startswith(str(place / "truth.csv")) and FULL in line
    with postgres.connect(empty_database) as connection:
        assert postgres.value(connection, "SELECT to_regclass('public.vehicles') IS NULL")


def test_a_run_folder_becomes_full(run_before: Callable[[str], Run]) -> None:
    run = run_before("06_report")
    with disk(8192) as place:
        folder = Path(shutil.copytree(run.folder, place / run.id))
        command = [sys.executable, "-c", LAST_NOTEBOOK, str(folder)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        while not (folder / "verdict.json").exists():
            assert process.poll() is None
            time.sleep(0.01)
        fill(place)
        errors = process.communicate()[1]
        facts = json.loads((folder / "verdict.json").read_text())
        assert process.returncode == 2, errors
        assert facts["verdict"] == "error" and facts["found"] == FULL, facts
        assert facts["object"] not in {"file system", "run"} and str(place) not in str(facts)
        page = folder / "report.html"
        assert not page.exists() or "passed" not in page.read_text().lower()


def test_a_cluster_has_no_room() -> None:
    with disk(4096) as place, pytest.raises(MotomindError) as raised:
        postgres.start_server(place / "clusters" / "one")
    assert raised.value.exit_code == 2 and FULL in raised.value.found
    assert "MOTOMIND_HOME" in raised.value.action and str(place) in str(raised.value)


def test_a_cluster_becomes_full(sample_database: str, tmp_path: Path) -> None:
    """Neither a file that does not load nor rows that are to be mended: the disk is told."""
    take_backup(sample_database, backup := tmp_path / "backup")
    with (
        disk(160 << 10) as place,
        postgres.embedded_server(place / "clusters" / "one") as server,
    ):
        conninfo = server.new_database("depot")
        fill(place)
        words = ("sample", "--target", "env:DEPOT", "--truth", os.devnull)
        code, line = said(*words, DEPOT=conninfo)
        with postgres.connect(conninfo) as connection, pytest.raises(MotomindError) as staged:
            staging.restore_backup(connection, backup)
        for path in place.glob("filler*"):
            path.unlink()
    assert code == 2 and FULL in line and "53100" in line, line
    assert staged.value.exit_code == 2 and "53100" in str(staged.value)
