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
    """Take one consistent, checksummed backup of the legacy database. Reads the source only."""
    with console.one_line_errors(), console.progress() as tell:
        held = take(source, to, format, tell)
    console.print_line(f"{to}: {held.tables_with_rows()} tables, {held.rows():,} rows, verified")


def take(source: str, to: Path, form: str, tell: Tell) -> Manifest:
    """Take a backup of a source into a new folder or JSON file; return its manifest.

    Raises: MotomindError, Refused when something stands where the backup should go.
    """
    from motomind_nb.backup import write_json_file

    if form not in FORMATS:
        raise MotomindError("--format", " or ".join(FORMATS), repr(form), "name one of them")
    if to.exists():
        raise Refused(str(to), "a new path", "something there", "name another with --to")
    if form == "folder":
        return _folder(source, to, tell)
    with tempfile.TemporaryDirectory() as place:
        held = _folder(source, Path(place) / "backup", tell)
        write_json_file(Path(place) / "backup", to)
    return held


def _folder(source: str, to: Path, tell: Tell) -> Manifest:
    """Take a backup of any kind of source into a new folder; return its verified manifest."""
    from motomind_nb import stages
    from motomind_nb.backup import verify_backup
    from motomind_nb.runs import BackupFolder, Source

    named = Source.parse(source)
    if isinstance(named, BackupFolder):
        raise Refused(source, "a database or a JSON file", "a backup already", "copy the folder")
    stages.write_backup(named, to, tell)
    return verify_backup(to)
