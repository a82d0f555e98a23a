"""A whole audit for tests, as the command does it."""

from __future__ import annotations

from pathlib import Path

from motomind_nb import jupyter
from motomind_nb.core import no_progress
from motomind_nb.runs import Outcome


def audit(source: str, folder: Path, target: str = "") -> Outcome:
    """Audit a source; the run lies in a folder below the given one."""
    return jupyter.audit(source, target, jupyter.Options(folder), no_progress)
