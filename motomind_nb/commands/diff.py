"""``motomind diff``: what differs between two runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import AsJson
from motomind_nb.core import NothingChecked


def diff(
    before: Annotated[Path, typer.Argument(help="The folder of a run.")],
    after: Annotated[Path, typer.Argument(help="The folder of another run.")],
    as_json: AsJson = False,
) -> None:
    """Compare the findings, ledgers and mileage of two runs: what is new, gone or changed.

    Reads only. Exit codes: 0 equal, 1 different, 4 neither run compared anything.
    """
    with console.print_errors_and_exit(as_json=as_json):
        from motomind_nb import report
        from motomind_nb.runs import open_run_folder

        folders = [open_run_folder(folder).folder for folder in (before, after)]
        found = report.compare_runs(*folders)
        if not found.compared_rows:
            raise NothingChecked(
                " and ".join(folder.name for folder in folders),
                "findings, a ledger or mileage",
                "none in either run",
                "name runs that passed or failed",
            )
    if as_json:
        console.print_object(
            {"equal": found.total == 0, "differences": report.difference_facts(found)}
        )
    else:
        for line in report.difference_lines(found):
            console.print_line(line)
    raise typer.Exit(1 if found.total else 0)
