"""An audit from a script or a notebook: how it ended, and its tables as frames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motomind_nb.core import EXIT_CODES, no_progress, tables
from motomind_nb.jupyter.headless import Options, audit

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Audited:
    """How an audit ended: its run folder and the facts of verdict.json."""

    folder: Path
    facts: dict[str, Any]

    @property
    def verdict(self) -> str:
        """``passed``, ``failed``, ``refused``, ``error`` or ``nothing checked``."""
        return str(self.facts["verdict"])

    @property
    def exit_code(self) -> int:
        """The exit code that the command would have."""
        return EXIT_CODES[self.verdict]

    @property
    def report(self) -> Path:
        """The page to send on."""
        return self.folder / "report.html"

    @cached_property
    def findings(self) -> pd.DataFrame:
        """Every check, the gravest first; empty where the run did not get that far.

        Columns: stage, check, subject, expected, found, status, detail, accepted (text).
        """
        return tables.read_csv(self.folder / "findings.csv")

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """The 35 objects and what became of their rows, as in ledger.csv (text)."""
        return tables.read_csv(self.folder / "ledger.csv")

    @cached_property
    def mileage(self) -> pd.DataFrame:
        """Each vehicle before and after, as in mileage.csv (text)."""
        return tables.read_csv(self.folder / "mileage.csv")

    def __repr__(self) -> str:
        return f"Audited({self.verdict}, {self.folder})"


def audit_silently(source: str, target: str, runs: Path, accept: Path | None) -> Audited:
    """Run the whole audit without a word; return how it ended. Writes: a run folder, the target.

    Raises: MotomindError only where no run folder can be made.
    """
    outcome = audit(source, target, Options(runs, accept), no_progress)
    return Audited(outcome.folder, outcome.facts)
