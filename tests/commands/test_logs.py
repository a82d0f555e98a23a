"""Commands without a run folder: what nobody foresaw leaves its traceback in a file they name."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import execute
from rebuilt import A, target

__all__ = ["target"]

COMMAND = [sys.executable, "-m", "motomind_nb"]
ERASE = ["erase", "--tenant", A, "--yes", "Tenant A", "--reason", "asked", "--target", "env:DEPOT"]
BROKEN = """
CREATE FUNCTION public.never() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'never: password=hunter2'; END $$;
CREATE TRIGGER never BEFORE DELETE ON public.garages EXECUTE FUNCTION public.never()
"""


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
    execute(target, BROKEN)
    done = ended(ERASE, tmp_path, DEPOT=target, MOTOMIND_HOME=home)
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


@pytest.mark.parametrize("hindrance", ["right", "lock", "nothing"])
def test_what_is_foreseen_leaves_no_log(hindrance: str, target: str, tmp_path: Path) -> None:
    """A right that is missing and a database that only reads are no bugs."""
    conninfo = target
    words = ["maintain", "--target", "env:DEPOT"]
    if hindrance == "right":
        execute(target, "DROP ROLE IF EXISTS night_clerk; CREATE ROLE night_clerk LOGIN")
        conninfo = target.replace("user=postgres", "user=night_clerk")
    elif hindrance == "lock":
        words = ERASE
        execute(target, BROKEN.replace("'never: password=hunter2'", "'' USING ERRCODE = '55P03'"))
    try:
        done = ended(words, tmp_path, DEPOT=conninfo, MOTOMIND_HOME="home")
    finally:
        execute(target, "DROP ROLE IF EXISTS night_clerk")
    assert done.returncode == (0 if hindrance == "nothing" else 2), done.stderr
    assert "bug" not in done.stderr and not list(tmp_path.rglob("*.log"))
