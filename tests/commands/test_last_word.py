"""A run's last word is the last thing written, whoever kills the command and when."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from endings import LAST_NOTEBOOK

from motomind_nb.core import EXIT_CODES, read_json_or_empty
from motomind_nb.runs import Run

COMMAND = [sys.executable, "-m", "motomind_nb"]
# what is there when the command is killed, from the first sign of a verdict to the last step
POINTS = ("conclusion.json", "notebooks/06_report.html", "report.waiting.html")


def ended(run: Run, point: str, number: signal.Signals | None) -> int:
    """End a run, killed as soon as a file of it is there; return the exit code."""
    process = subprocess.Popen([sys.executable, "-c", LAST_NOTEBOOK, str(run.folder)])
    end = time.monotonic() + 120
    while number and not (run.folder / point).exists():
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.0005)
    if number:
        process.send_signal(number)
    return process.wait(120)


def words(run: Run) -> tuple[str, str]:
    """The verdict of a run, and what the title of its report says."""
    path = run.folder / "report.html"
    found = re.search(r"<title>([^<]*)</title>", path.read_text() if path.exists() else "")
    title = found[1].lower() if found else ""
    return read_json_or_empty(run.folder / "verdict.json")["verdict"], title


def test_whoever_is_not_killed_passes(run_before: Callable[[str], Run]) -> None:
    run = run_before("06_report")
    assert ended(run, "", None) == 0
    verdict, page = words(run)
    assert verdict == "passed" and "passed" in page
    assert not [path.name for path in run.folder.iterdir() if "waiting" in path.name]
    assert not (run.folder / "conclusion.json").exists()


@pytest.mark.campaign(every=5)
@pytest.mark.parametrize("point", POINTS)
def test_a_kill_that_nobody_can_catch_leaves_no_passed(
    point: str, run_before: Callable[[str], Run]
) -> None:
    run = run_before("06_report")
    assert ended(run, point, signal.SIGKILL) == -signal.SIGKILL
    verdict, page = words(run)
    assert verdict == "error" and "passed" not in page


@pytest.mark.campaign(every=5)
@pytest.mark.parametrize("point", POINTS)
def test_a_signal_at_the_end_never_contradicts_the_verdict(
    point: str, run_before: Callable[[str], Run]
) -> None:
    run = run_before("06_report")
    code = ended(run, point, signal.SIGTERM)
    verdict, page = words(run)
    assert EXIT_CODES[verdict] == code and (verdict == "passed") == ("passed" in page)


def closed_pipe() -> int:
    """The end of a pipe that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


NOWHERE = {"full": lambda: os.open("/dev/full", os.O_WRONLY), "unread": closed_pipe}


def said(words: list[str], stream: str, where: str) -> subprocess.CompletedProcess[str]:
    """Run a command whose output or errors can't be written; return how it ended."""
    number = NOWHERE[where]()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: number}
    try:
        return subprocess.run([*COMMAND, *words], text=True, check=False, **streams)  # type: ignore[call-overload,no-any-return]
    finally:
        os.close(number)


@pytest.mark.campaign(every=5)
@pytest.mark.parametrize("where", NOWHERE)
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_an_output_that_cannot_be_written_does_not_change_a_verdict(
    stream: str, where: str, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    line = ["audit", "--source", str(tmp_path / "empty"), "--runs", str(tmp_path / "runs")]
    done = said(line, stream, where)
    (folder,) = (tmp_path / "runs").iterdir()
    assert read_json_or_empty(folder / "verdict.json")["verdict"] == "refused"
    assert done.returncode == 3, done
    assert "Traceback" not in f"{done.stdout}{done.stderr}"


def test_a_letter_that_the_terminal_lacks_does_not_change_a_verdict(tmp_path: Path) -> None:
    (tmp_path / "dépôt").mkdir()
    done = subprocess.run(
        [*COMMAND, "audit", "--source", "dépôt", "--runs", "runs"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3 and b"Traceback" not in done.stderr, done
    assert done.stdout.isascii() and b"REFUSED" in done.stdout


def test_what_a_command_prints_is_missed_and_a_reader_that_left_is_not() -> None:
    done = said(["sql"], "stdout", "full")
    assert done.returncode == 2 and done.stderr.startswith("standard output: expected")
    assert done.stderr.count("\n") == 1 and "No space left" in done.stderr
    done = said(["sql"], "stdout", "unread")
    assert (done.returncode, done.stderr) == (0, "")
