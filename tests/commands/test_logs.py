"""Commands without a run folder: what nobody foresaw leaves its traceback in a file they name."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import execute
from rebuilt import A, target

__all__ = ["target"]

COMMAND = [sys.executable, "-m", "motomind_nb"]
MAINTAIN = ["maintain", "--target", "env:DEPOT"]
ERASE = ["erase", "--tenant", A, "--yes", "Tenant A", "--reason", "asked", "--target", "env:DEPOT"]
BROKEN = """
CREATE FUNCTION public.never() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'never: password=hunter2' USING ERRCODE = '{state}'; END $$;
CREATE TRIGGER never BEFORE {event} EXECUTE FUNCTION public.never()
"""
KEEPS_NO_LOG = BROKEN.format(state="P0001", event="INSERT ON private.job_log")


def ended(words: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder; return how it ended."""
    return subprocess.run(
        [*COMMAND, *words],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("home", ["clusters of mine", "/dev/null/nowhere"])
def test_what_nobody_foresaw_names_its_log(home: str, target: str, tmp_path: Path) -> None:
    """Below MOTOMIND_HOME, and among the temporary files where that can't be."""
    execute(target, KEEPS_NO_LOG)
    done = ended(MAINTAIN, tmp_path, DEPOT=target, MOTOMIND_HOME=home)
    assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
    assert "report it as a bug, with /" in done.stderr and "hunter2" not in done.stderr
    found = re.search(r"with (/\S[^\n]*\.log)", done.stderr)
    assert found
    log = Path(found[1])
    there = tmp_path / home / "logs" if home == "clusters of mine" else tmp_path
    assert log.parent == there and stat.S_IMODE(log.stat().st_mode) == 0o600
    if there != tmp_path:
        assert stat.S_IMODE(there.stat().st_mode) == 0o700
    assert "Traceback" in log.read_text() and "hunter2" not in log.read_text()


def clerk(conninfo: str) -> Iterator[str]:
    """The connection string of a role without rights, for the time of a test."""
    execute(conninfo, "DROP ROLE IF EXISTS night_clerk; CREATE ROLE night_clerk LOGIN")
    yield conninfo.replace("user=postgres", "user=night_clerk")
    execute(conninfo, "DROP ROLE night_clerk")


def test_a_right_that_is_missing_leaves_no_log(target: str, tmp_path: Path) -> None:
    for conninfo in clerk(target):
        done = ended(MAINTAIN, tmp_path, DEPOT=conninfo, MOTOMIND_HOME="home")
    assert done.returncode == 2 and "permission denied" in done.stderr
    assert "grant it" in done.stderr and "bug" not in done.stderr
    assert not list(tmp_path.rglob("*.log"))


@pytest.mark.parametrize(("state", "says"), [("55P03", "nothing was erased"), ("53100", "disk")])
def test_what_stops_an_erasure_is_told_without_a_log(
    state: str, says: str, target: str, tmp_path: Path
) -> None:
    execute(target, BROKEN.format(state=state, event="DELETE ON public.garages"))
    done = ended(ERASE, tmp_path, DEPOT=target, MOTOMIND_HOME="home")
    assert done.returncode == 2 and says in done.stderr and "hunter2" not in done.stderr
    assert "bug" not in done.stderr and not list(tmp_path.rglob("*.log"))


def test_what_ends_well_leaves_no_log(target: str, tmp_path: Path) -> None:
    done = ended(MAINTAIN, tmp_path, DEPOT=target, MOTOMIND_HOME="home")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(tmp_path.rglob("*.log"))
