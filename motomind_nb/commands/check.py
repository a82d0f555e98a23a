"""``motomind check``: a finished load, compared again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import AcceptFile, AsJson, Pdf, ShowPersonal
from motomind_nb.core import EXIT_CODES


def check(  # noqa: PLR0913, PLR0917 - the options of the command
    run: Annotated[Path, typer.Option(help="The folder of a finished run.")],
    target: Annotated[str, typer.Option(help="Its database, if not the run's own.")] = "",
    runs: Annotated[
        Path | None,
        typer.Option("--runs", help="The folder that gets the new run; default: that of the run."),
    ] = None,
    accept: AcceptFile = None,
    show_personal: ShowPersonal = False,
    pdf: Pdf = False,
    as_json: AsJson = False,
) -> None:
    """Compare a finished load again (notebooks 03 to 06) as a new run beside the old one.

    The run's backup and evidence are verified first, and that the database is the run's own.
    Reads only, but for its own findings. Exit codes as for audit.
    """
    with console.print_errors_and_exit(as_json=as_json), console.show_progress() as tell:
        from motomind_nb import jupyter

        options = jupyter.Options(runs or run.resolve().parent, accept, show_personal, pdf)
        console.handle_command_stops()
        console.warn_without_chromium(pdf)
        outcome = jupyter.check_finished_load(run, target, options, tell)
    console.print_outcome(outcome, pdf=pdf, as_json=as_json)
    raise typer.Exit(EXIT_CODES[outcome.facts["verdict"]])
