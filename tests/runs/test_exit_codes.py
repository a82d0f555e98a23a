"""The exit codes are the product in CI: each verdict has one, each error carries one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from motomind_nb import runs
from motomind_nb.commands import console
from motomind_nb.core import (
    BY_VERDICT,
    EXIT_CODES,
    PACKAGE,
    CheckFailed,
    MotomindError,
    Refused,
)
from motomind_nb.core.errors import NothingChecked, as_one_line
from motomind_nb.runs import BackupFolder, Embedded, LiveDatabase, Sample

HERE = Path(__file__).resolve().parent
WHOLLY_COVERED = (
    "core/errors.py",
    "runs/acceptance/entries.py",
    "runs/acceptance/judging.py",
    "runs/acceptance/reading.py",
    "runs/acceptance/writing.py",
    "runs/source.py",
    "runs/target.py",
    "runs/verdict.py",
)
KINDS = {MotomindError: 2, Refused: 3, CheckFailed: 1, NothingChecked: 4}


def test_every_verdict_has_a_code_of_its_own() -> None:
    assert EXIT_CODES == {
        "passed": 0,
        "failed": 1,
        "error": 2,
        "refused": 3,
        "nothing checked": 4,
    }
    assert {kind.verdict: kind for kind in KINDS} == BY_VERDICT


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_one_line_and_its_code(
    kind: type[MotomindError], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    error = kind("fuel logs", "118\nrows", "120", "run it again")
    with pytest.raises(typer.Exit) as ended, console.print_errors_and_exit():
        raise error
    assert ended.value.exit_code == error.exit_code == KINDS[kind]
    assert capsys.readouterr().err == "fuel logs: expected 118 rows, found 120; run it again\n"
    run = runs.create_run(tmp_path, Sample("sample"), Embedded())
    facts = runs.error_facts(run, error)
    runs.write_verdict(run, facts)
    written = json.loads((run.folder / "verdict.json").read_text())
    assert written == facts and EXIT_CODES[written["verdict"]] == KINDS[kind]


def test_without_an_error_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with console.print_errors_and_exit():
        pass
    assert capsys.readouterr() == ("", "")


def test_a_long_text_is_cut_with_a_mark() -> None:
    assert as_one_line("x" * 3000) == "x" * 1999 + "…"


def test_a_source_of_files_has_no_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = runs.create_run(tmp_path, BackupFolder(tmp_path), Embedded())
    with pytest.raises(MotomindError, match="expected a database"):
        run.source_conninfo()
    monkeypatch.setenv("LEGACY", "postgresql://me@db.example.com/x")
    assert "db.example.com" in LiveDatabase("env:LEGACY").conninfo()
    assert Sample("sample:traps").data_set == "traps"


def test_what_decides_the_outcome_is_covered_branch_by_branch(tmp_path: Path) -> None:
    """Verdict, acceptance and exit codes: each line and each branch, and no exclusion."""
    if os.environ.get("COVERED"):
        pytest.skip("this is the run that is measured")
    files = [str(PACKAGE / name) for name in WHOLLY_COVERED]
    assert not any("pragma" in Path(name).read_text() for name in files)
    environment = {**os.environ, "COVERED": "1", "COVERAGE_FILE": str(tmp_path / "coverage")}
    start = [sys.executable, "-m", "coverage"]
    measured = ["run", "--branch", f"--include={','.join(files)}", "-m", "pytest", "-q"]
    options = ["-p", "no:cacheprovider", "-p", "no:xdist", str(HERE)]
    subprocess.run([*start, *measured, *options], env=environment, check=True, cwd=HERE.parent)
    report = [*start, "report", "-m", "--fail-under=100"]
    done = subprocess.run(report, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert all(name in done.stdout for name in WHOLLY_COVERED)
