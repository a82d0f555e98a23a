"""``motomind names``: where an application names what goes, moves or is renamed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import AsJson
from motomind_nb.core import as_one_line

if TYPE_CHECKING:
    from motomind_nb.names import Found, Mention

SHOWN = 160  # letters of a line


def names(
    path: Annotated[Path, typer.Argument(help="The folder (or one file) of the application.")],
    as_json: AsJson = False,
) -> None:
    """List each place of an application's source that names what goes, moves or is renamed.

    Reads SQL and programs in any language; says with each what to write instead, and what it did
    not read. Exit codes: 0 none, 1 some, 2 no such path.
    """
    with console.print_errors_and_exit(as_json=as_json):
        from motomind_nb.names import find_names

        found = find_names(path)
        if as_json:
            console.print_object(_facts(path, found))
        else:
            for line in _lines(found):
                console.print_line(line)
    raise typer.Exit(1 if found.mentions else 0)


def _facts(path: Path, found: Found) -> dict[str, Any]:
    """Return what was found as one object."""
    return {
        "path": str(path),
        "files": found.files,
        "certain": sum(not item.is_guess for item in found.mentions),
        "guessed": sum(item.is_guess for item in found.mentions),
        "mentions": [
            {
                "file": item.file,
                "line": item.line,
                "name": item.old.name,
                "kind": item.old.kind,
                "fate": item.old.fate,
                "successor": item.old.successor,
                "instead": item.old.instead,
                "guess": item.is_guess,
                "text": as_one_line(item.text, SHOWN),
            }
            for item in found.mentions
        ],
        "left_out": [{"path": name, "reason": reason} for name, reason in found.left_out],
    }


def _lines(found: Found) -> list[str]:
    """Return what was found as lines."""
    certain = sum(not item.is_guess for item in found.mentions)
    guessed = len(found.mentions) - certain
    return [
        *map(_line, found.mentions),
        *(as_one_line(f"not read: {name} ({reason})") for name, reason in found.left_out),
        f"{certain:,} names and {guessed:,} guesses in {found.files:,} files",
    ]


def _line(item: Mention) -> str:
    """Return a mention as one line."""
    old = item.old
    where = f" to {old.successor}" if old.successor not in ("", old.name) else ""
    guess = "perhaps " if item.is_guess else ""
    said = f"{item.file}:{item.line}: {guess}{old.name} {old.fate}{where}: {old.instead}"
    return as_one_line(f"{said} | {item.text}", 600)
