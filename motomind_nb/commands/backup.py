"""``motomind backup``: one consistent copy of a source."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import SourceText
from motomind_nb.core import MotomindError, Refused, Tell

if TYPE_CHECKING:
    from motomind_nb.backup import Manifest

FORMATS = ("folder", "json")


def backup(
    source: SourceText,
    to: Annotated[Path, typer.Option(help="The new folder (or file, with --format json).")],
    format: Annotated[
        str, typer.Option(help="folder (lossless, all 35 objects) or json (the original export).")
    ] = "folder",
) -> None:
    """Take one consistent, checksummed backup of the legacy database. Reads the source only.

    Its files are read back, row by row, before it is called verified.
    """
    with console.print_errors_and_exit():
        console.handle_command_stops()
        with console.show_progress() as tell:
            said = back_up_in_format(source, to, format, tell)
        console.print_line(f"{to}: {said}")


def back_up_in_format(source: str, to: Path, form: str, tell: Tell) -> str:
    """Take a backup of a source into a new folder or JSON file; say what it holds.

    Raises: MotomindError, Refused when something stands where the backup should go.
    """
    from motomind_nb.backup import compare_json_with_backup, write_json_file

    if form not in FORMATS:
        raise MotomindError("--format", " or ".join(FORMATS), repr(form), "name one of them")
    if to.exists():
        raise Refused(str(to), "a new path", "something there", "name another with --to")
    if form == "folder":
        return _held(_folder(source, to, tell).rows_by_table())
    if not to.parent.is_dir():  # before the work, not after it
        found = f"no folder {to.parent}"
        raise MotomindError(str(to), "a folder to write to", found, "make it, or name another")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "backup"
        every = _folder(source, folder, tell).rows_by_table()
        try:
            counted = compare_json_with_backup(folder, write_json_file(folder, to))
        except BaseException:
            to.unlink(missing_ok=True)
            raise
    return _held(counted) + _left_out(every, counted)


def _held(counted: dict[str, int]) -> str:
    """Return how many rows of how many tables a backup holds, in words."""
    filled = sum(number > 0 for number in counted.values())
    total = sum(counted.values())
    return f"{filled} tables with {total:,} rows, read back and verified"


def _left_out(every: dict[str, int], counted: dict[str, int]) -> str:
    """Return what a JSON file has no place for, in words."""
    others = [number for name, number in every.items() if name not in counted and number]
    if not others:
        return ""
    return f"; this form has no place for {sum(others):,} rows of {len(others)} other tables"


def _folder(source: str, to: Path, tell: Tell) -> Manifest:
    """Take a backup of any kind of source into a new folder; return its verified manifest."""
    from motomind_nb import stages
    from motomind_nb.backup import read_back_all_rows
    from motomind_nb.runs import BackupFolder, Source

    named = Source.parse(source)
    if isinstance(named, BackupFolder):
        raise Refused(source, "a database or a JSON file", "a backup already", "copy the folder")
    stages.write_backup(named, to, tell)
    return read_back_all_rows(to)
