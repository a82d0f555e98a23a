"""The end of a run: findings, verdict and report, computed only from what the stages left."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pandas

from motomind_nb import accept, database, report, sql, tables
from motomind_nb.errors import CheckFailed, MotomindError, Refused
from motomind_nb.findings import Finding
from motomind_nb.pipeline import record, verdict
from motomind_nb.run import (
    EMBEDDED,
    NOTEBOOKS,
    SOCKET_VARIABLE,
    Run,
    read_json,
    recorded,
)

PACKAGES = ("jupyterlab", "matplotlib", "nbval", "pandas", "papermill", "psycopg", "sqlalchemy")


@recorded
def conclude(run: Run) -> dict[str, Any]:
    """Gather all findings and compute the verdict; return the facts of verdict.json.

    Writes: findings.csv and verdict.json.
    """
    run.require("05_architecture")
    with run.connect() as connection:
        _record_accept_file(connection, run)
        found = record.all_findings(connection, run)
        run.note(server=database.value(connection, "SHOW server_version"))
    tables.write_csv(run.folder / "findings.csv", found)
    ledger = _numbers(tables.read_csv(run.folder / "ledger.csv"))
    vehicles = tables.read_csv(run.folder / "mileage.csv")
    vehicles = vehicles.assign(equal=vehicles["equal"] == "true")
    facts = verdict.compute(run, found, ledger, vehicles)
    verdict.write(run, facts)
    return facts


def _record_accept_file(connection: database.Connection, run: Run) -> None:
    """Record a warning for each entry of the accept file that does nothing."""
    found = record.all_findings(connection, run)
    items = [
        Finding(*(row[name] for name in ("check", "subject", "expected", "actual", "status")))
        for row in found.to_dict("records")
        if row["stage"] != "accept"
    ]
    idle = accept.unmatched(items, record.accepted_entries(run), datetime.now(UTC).date())
    record.findings(connection, run, "accept", idle)


def _numbers(ledger: pandas.DataFrame) -> pandas.DataFrame:
    """Return the ledger with its counts as numbers, NULL where nothing was there."""
    counts = ["source_rows", "loaded", "quarantined", "archived"]
    return ledger.assign(**{name: pandas.to_numeric(ledger[name]) for name in counts})


@recorded
def write_report(run: Run) -> str:
    """Write the report from the run folder's files; return the name of the file."""
    return report.write(run.folder).name


@recorded
def require_verdict(run: Run) -> str:
    """Return the verdict's one line when it is passed.

    Raises: the error that carries the verdict otherwise.
    """
    facts = read_json(run.folder / "verdict.json")
    if facts["verdict"] == "passed":
        return f"passed: {facts['checks']['ok']} checks ok, {facts['checks']['warn']} warnings"
    raise CheckFailed(facts["object"], facts["expected"], facts["found"], facts["action"])


def judged(run: Run, errors: Sequence[MotomindError]) -> dict[str, Any]:
    """Return the facts of the run's verdict; an error weighs more than a failed check."""
    facts = read_json(run.folder / "verdict.json")
    if errors:
        return {**facts, **verdict.of_error(run, errors[0])}
    if facts:
        return facts
    return verdict.of_error(
        run,
        MotomindError("run", "verdict.json from 06_report", "none", "look at the notebooks"),
    )


def publish(run: Run, *, pdf: bool = False) -> None:
    """Write the executed notebooks as HTML and the report that links to them, as PDF on demand.

    Raises: MotomindError when the PDF is wanted and no Chromium prints it.
    """
    for name in NOTEBOOKS:
        executed = run.folder / "notebooks" / f"{name}.ipynb"
        if executed.exists():
            report.notebook_html(executed, executed.with_suffix(".html"))
    page = report.write(run.folder)
    if pdf and report.pdf(page, run.folder / "report.pdf") is None:
        raise MotomindError(
            "report.pdf", "Chromium, which prints it", "none that works",
            "install chromium, or print report.html from a browser",
        )  # fmt: skip


def follow(run: Run, checked: Run) -> None:
    """Let a new run look at the finished load of another: its target, its backup.

    Raises: Refused when the other run never loaded, or the target holds no load.
    """
    checked.require("02_rebuild")
    facts = checked.facts()
    for notebook in NOTEBOOKS[:2]:
        run.complete(notebook)
    run.note(
        checks=checked.id, backup=str(checked.backup), input=facts.get("input", ""),
        database_name=facts["database_name"], cluster=facts.get("cluster"),
    )  # fmt: skip
    reachable = facts.get("cluster") or os.environ.get(SOCKET_VARIABLE)
    if run.target == EMBEDDED and not reachable:
        raise MotomindError(
            f"run {checked.id}", "its embedded cluster", "none recorded", "name its --target"
        )
    with run.connect() as connection:  # starts an embedded server once, for all notebooks
        if not database.value(connection, sql.query("pipeline/holds_load")):
            raise Refused(
                f"target {run.target}", f"what run {checked.id} loaded", "no load",
                "name the database that the run filled",
            )  # fmt: skip


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that the results rest on."""
    found = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {"python": platform.python_version(), **found}
