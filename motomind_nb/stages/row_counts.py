"""03: every row, every column and every definition, before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from motomind_nb import reconcile
from motomind_nb.core import tables
from motomind_nb.postgres import Connection, Task, read_or_none, share_tasks, with_helper
from motomind_nb.runs import Run, keep_seconds, keeps_errors, progress_writer
from motomind_nb.stages import record, witness
from motomind_nb.stages.profile import read_run_manifest

if TYPE_CHECKING:
    import pandas as pd

Write = Callable[[Connection, Path], int]


@dataclass(frozen=True)
class Rows:
    """What the comparison of rows gives: what became of the rows, and the findings as stored."""

    compared: reconcile.RowComparison
    findings: pd.DataFrame


@keeps_errors
def compare_rows(run: Run) -> Rows:
    """Compare every row and column, and every object of the schema.

    Writes: ledger.csv, differences.csv, lineage.csv, quarantine.csv, found_rows.csv, the findings.
    """
    run.require("02_rebuild")
    with with_helper(run.connect) as connection:
        before = read_run_manifest(run)
        with keep_seconds(run, "compare rows"):
            witnessed = list(witness.compare_with_load(connection, run))
            compared = reconcile.compare_rows(
                connection,
                before,
                progress_writer(run.folder),
                reconcile.Loaded(witness.notes_of_load(run, witnessed)),
            )
        items = [
            *compared.findings,
            *reconcile.compare_definitions(connection, before),
            *witnessed,
        ]
        found = record.store_findings(connection, run, "row_counts", items)
        writing = [
            Task(1, partial(_write, write=write, path=run.folder / name))
            for name, write in _files(compared).items()
        ]
        share_tasks([connection, *connection.helpers], writing, "files of rows")
    tables.write_csv(run.folder / "ledger.csv", compared.ledger)
    run.complete("03_row_counts")
    return Rows(compared, found)


def _files(compared: reconcile.RowComparison) -> dict[str, Write]:
    """Return what writes every row of each list; the findings count them and name a few."""
    return {
        "differences.csv": partial(reconcile.write_differences, pairs=compared.differing),
        "lineage.csv": reconcile.write_lineage,
        "quarantine.csv": reconcile.write_quarantine,
        "found_rows.csv": partial(reconcile.write_rows_of_findings, compared=compared),
    }


def _write(connection: Connection, write: Write, path: Path) -> None:
    """Write a file of rows; there is none where an object that it reads is gone."""
    if read_or_none(connection, partial(write, connection, path)) is None:
        path.unlink(missing_ok=True)
