"""``motomind accept``: an accept file for the failures of a run."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.core import MotomindError


def accept(
    run: Annotated[Path, typer.Option(help="The folder of a run that failed.")],
    by: Annotated[str, typer.Option(help="Who accepts the differences.")] = "",
    reason: Annotated[str, typer.Option(help="Why they may stay, the same for all.")] = "",
    until: Annotated[
        str, typer.Option(help="The last day on which they count; default: 90 days from today.")
    ] = "",
) -> None:
    """Print an accept file for the failures of a run, to be completed and used with --accept.

    Reads only. Without --by and --reason these stay empty, and the file is refused until a person
    has written them.
    """
    from motomind_nb import stages
    from motomind_nb.runs import open_run_folder

    with console.print_errors_and_exit():
        text = stages.begin_accept_file(open_run_folder(run), reason, by, _day(until))
    console.print_line(text or "# no check of this run failed: there is nothing to accept")


def _day(text: str) -> date | None:
    """Return the day that an option names, None without one; on a day that is over none counts."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise MotomindError(
            "--until", "a date like 2026-01-31", repr(text), "write year, month and day"
        ) from None
    today = datetime.now(UTC).date()
    if day and day < today:
        raise MotomindError("--until", f"{today} or later", text, "name a day that is to come")
    return day
