"""``motomind audit``: the whole rehearsal."""

from __future__ import annotations

from pathlib import Path

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import (
    AcceptFile,
    AsJson,
    Pdf,
    RunsFolder,
    ShowPersonal,
    SourceText,
    TargetText,
)
from motomind_nb.core import EXIT_CODES


def audit(  # noqa: PLR0913, PLR0917 - the options of the command
    source: SourceText,
    target: TargetText = "",
    runs: RunsFolder = Path("runs"),
    accept: AcceptFile = None,
    show_personal: ShowPersonal = False,
    pdf: Pdf = False,
    as_json: AsJson = False,
) -> None:
    """Back up, stage, rebuild, load and compare; print the verdict and where the report lies.

    Reads the source only. Writes a run folder and, in the target, schemas legacy, public, private
    and audit.
    """
    with console.print_errors_and_exit(as_json=as_json), console.show_progress() as tell:
        from motomind_nb import jupyter

        options = jupyter.Options(runs, accept, show_personal, pdf)
        console.handle_command_stops()
        console.warn_without_chromium(pdf)
        outcome = jupyter.audit(source, target, options, tell)
    console.print_outcome(outcome, pdf=pdf, as_json=as_json)
    raise typer.Exit(EXIT_CODES[outcome.facts["verdict"]])
