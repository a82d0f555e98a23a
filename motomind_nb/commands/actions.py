"""What GitHub Actions is told of a run; nothing where it does not run the command."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motomind_nb.runs import Outcome


def tell_github(result: Outcome) -> None:
    """Annotate the step with the failures of a run and add its summary to that of the job.

    The annotations go to standard error: standard output may be one JSON object. What GitHub does
    not take changes no exit code. Writes: the file that GITHUB_STEP_SUMMARY names.
    """
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    from motomind_nb import report
    from motomind_nb.core import tables

    findings = tables.read_csv(result.folder / "findings.csv")
    ledger = tables.read_csv(result.folder / "ledger.csv")
    with suppress(OSError):
        for line in report.error_annotations(result.facts, findings):
            print(line, file=sys.stderr, flush=True)
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if place:
        with suppress(OSError), Path(place).open("a", encoding="utf-8") as file:
            file.write(report.job_summary(result.facts, findings, ledger))
