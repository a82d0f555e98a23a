"""06: the end of a run: findings, verdict and report, computed only from what the stages left."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motomind_nb import backup, postgres, report, runs
from motomind_nb.core import (
    CheckFailed,
    MotomindError,
    status_counts_in_words,
    tables,
    verdict_sentence,
)
from motomind_nb.runs import NOTEBOOKS, Run, keeps_errors
from motomind_nb.stages import record, witness

if TYPE_CHECKING:
    import pandas as pd

PACKAGES = ("jupyterlab", "matplotlib", "nbval", "pandas", "papermill", "psycopg", "sqlalchemy")


@keeps_errors
def conclude_with_verdict(run: Run) -> dict[str, Any]:
    """Gather all findings and compute the verdict; return the facts of verdict.json.

    Everything is read from the run folder; what the target says of it is compared.
    Writes: findings.csv, the findings, and the verdict: into verdict.json, or into conclusion.json
    while a command waits for it, which writes verdict.json when all else is done.
    """
    run.require("05_architecture")
    with run.connect() as connection:
        _record_accept_file(connection, run)
        record.store_findings(
            connection, run, "report", list(witness.compare_copies(connection, run))
        )
        run.note(server=postgres.value(connection, "SHOW server_version"))
    found = record.read_stage_findings(run)
    tables.write_csv(run.folder / "findings.csv", found)
    ledger = _numbers(tables.read_csv(run.folder / "ledger.csv"))
    vehicles = tables.read_csv(run.folder / "mileage.csv")
    vehicles = vehicles.assign(equal=vehicles["equal"] == "true")
    facts = runs.compute_verdict(run, found, ledger, vehicles)
    facts["objects"] = len(backup.read_manifest(run.backup).present())
    runs.write_conclusion(run, facts)
    return facts


def _record_accept_file(connection: postgres.Connection, run: Run) -> None:
    """Record a warning for each entry of the accept file that does nothing."""
    today = datetime.now(UTC).date()
    idle = runs.unused_entries(record.judged_stages(run), record.accepted_entries(run), today)
    record.store_findings(connection, run, "accept", idle)


def _numbers(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger with its counts as numbers, NULL where nothing was there."""
    import pandas as pd

    counts = ["source_rows", "loaded", "quarantined", "archived", "missing"]
    return ledger.assign(**{name: pd.to_numeric(ledger[name]) for name in counts})


@keeps_errors
def write_report(run: Run) -> str:
    """Write the report from the run folder's files; return the name of the file.

    Writes: report.html, and beside it what other tools read, unless a command does that later.
    """
    if not os.environ.get(runs.WAITING_VARIABLE):
        write_formats(run, runs.read_conclusion(run))
    return report.write_report(run.folder).name


@keeps_errors
def require_verdict(run: Run) -> str:
    """Return the verdict's one line when it is passed.

    Raises: the error that carries the verdict otherwise.
    """
    facts = runs.read_conclusion(run)
    if facts["verdict"] == "passed":
        return f"passed: {status_counts_in_words(facts['checks'])}"
    raise CheckFailed(facts["object"], facts["expected"], facts["found"], facts["action"])


def final_verdict_facts(run: Run, errors: Sequence[MotomindError]) -> dict[str, Any]:
    """Return the facts of the run's verdict; an error weighs more than a failed check."""
    facts = runs.read_conclusion(run)
    if errors:
        ended = {**facts, **runs.error_facts(run, errors[0])}
        return {**ended, "sentence": verdict_sentence(ended)}
    if facts:
        return facts
    return runs.error_facts(
        run,
        MotomindError("run", "verdict.json from 06_report", "none", "look at the notebooks"),
    )


def write_pages(run: Run, facts: dict[str, Any], *, pdf: bool = False) -> None:
    """Write the executed notebooks as HTML and the report that links to them, as PDF on demand.

    A PDF that can't be printed is left out: the caller looks for it, and no verdict changes.
    The report waits under another name until ``end_run`` puts it in its place.
    """
    for name in NOTEBOOKS:
        executed = run.folder / "notebooks" / f"{name}.ipynb"
        if executed.exists():
            report.notebook_html(executed, executed.with_suffix(".html"))
    try:
        write_formats(run, facts)
    finally:  # a page that lacks a link is better than none
        page = report.write_report(run.folder, waiting_page(run).name, facts)
    if pdf:
        report.try_print_pdf(page, run.folder / "report.pdf")


def write_formats(run: Run, facts: dict[str, Any]) -> None:
    """Write what other tools read of a run. Writes: junit.xml, run.sqlite."""
    report.write_junit(run.folder, facts, tables.read_csv(run.folder / "findings.csv"))
    report.write_sqlite(run.folder)


def waiting_page(run: Run) -> Path:
    """Return where a run's report waits until the run ends."""
    return run.folder / "report.waiting.html"


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that the results rest on."""
    found = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {"python": platform.python_version(), **found}
