"""Who ran what, of which commit: what run.json tells of a run beside its times."""

from __future__ import annotations

import getpass
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from motomind_nb import postgres
from motomind_nb.core import as_one_line

# GitHub Actions says which commit it checks; its checkout may be a merge that exists nowhere else
COMMIT_VARIABLE = "GITHUB_SHA"
GIT_SECONDS = 5  # git answers in milliseconds; a network folder may hang


def run_circumstances() -> dict[str, str]:
    """Return who runs which command, and the commit of the current folder. Reads only.

    Columns: by (text, the system's user), command (text, without secrets), commit (text, empty
    outside a git checkout).
    """
    return {"by": _user(), "command": command_line(sys.argv), "commit": _commit()}


def _user() -> str:
    """Return the name of the user, the number where the system knows no name."""
    try:
        return as_one_line(getpass.getuser())
    except (OSError, KeyError):
        return str(os.getuid())


def command_line(words: Sequence[str]) -> str:
    """Return a command as one would type it: no folder of the program, no connection string."""
    if not words:
        return ""
    program = Path(words[0])
    name = program.name if program.name != "__main__.py" else f"python -m {program.parent.name}"
    said = [postgres.mask_secrets(_without_secret(word)) for word in words[1:]]
    return as_one_line(" ".join([name, *map(shlex.quote, said)]))


def _without_secret(word: str) -> str:
    """Return a word of a command without a connection string, alone or behind ``--option=``."""
    option, equals, value = word.partition("=")
    if word.startswith("--") and equals:
        return f"{option}={postgres.without_secret(value)}"
    return postgres.without_secret(word)


def _commit() -> str:
    """Return the commit of the current folder, empty where there is none or no git."""
    known = os.environ.get(COMMIT_VARIABLE, "")
    if known:
        return as_one_line(known, 64)
    try:
        done = subprocess.run(
            ["git", "rev-parse", "--verify", "HEAD"],
            capture_output=True,
            text=True,
            check=False,
            timeout=GIT_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
