"""``motomind restore``: a backup becomes a database again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import EMPTY_DATABASE
from motomind_nb.core import MotomindError, counted

if TYPE_CHECKING:
    from motomind_nb.staging import Restored


def restore(
    backup: Annotated[Path, typer.Argument(help="The folder of a backup.")],
    target: Annotated[str, typer.Option(help=EMPTY_DATABASE)],
    to: Annotated[
        Path, typer.Option(help="The new file that gets the definitions that were not made.")
    ] = Path("remaining.sql"),
) -> None:
    """Put rows and keys of a verified backup into an empty database, and compare them.

    No text of a backup is run: all other definitions are written into one file for you to read.
    """
    with console.print_errors_and_exit():
        from motomind_nb import postgres, staging

        if not backup.is_dir():
            said = "no such folder"
            raise MotomindError(str(backup), "the folder of a backup", said, "check its spelling")
        console.handle_command_stops()
        with console.show_progress() as tell:
            done = staging.restore_into_database(postgres.conninfo(target), backup, to, tell)
        console.print_line(f"{target}: {_said(done)}")
        console.print_line(f"{to}: {counted(done.remaining, 'statement')} to read, then to run")


def _said(done: Restored) -> str:
    """Return what was restored, in words."""
    return f"{done.tables} tables with {done.rows:,} rows and {done.keys} keys, as in the backup"
