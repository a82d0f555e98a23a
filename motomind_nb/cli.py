"""The command line: ``motomind`` (and ``python -m motomind_nb``)."""

from __future__ import annotations

import importlib.metadata
from typing import Annotated

import typer

from motomind_nb import __version__
from motomind_nb.commands import (
    accept,
    apply,
    audit,
    backup,
    check,
    console,
    diff,
    erase,
    lab,
    maintain,
    names,
    psql,
    restore,
    retire,
    rollback,
    runs,
    sample,
    sign,
    sql,
    status,
    verify,
)

app = typer.Typer(
    name="motomind",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Rehearse the MotoMind database rebuild on a copy and prove what happens to every row,"
    " column, reading, grant and policy.\n\nExit codes: 0 passed, 1 a check failed, 2 error,"
    " 3 refused before anything was written, 4 nothing checked.",
)
COMMANDS = (
    audit,
    check,
    accept,
    sign,
    verify,
    diff,
    runs,
    psql,
    names,
    backup,
    restore,
    sample,
    lab,
    apply,
    status,
    rollback,
    retire,
    maintain,
    erase,
    sql,
)
for command in COMMANDS:
    app.command()(command)


def installed_version() -> str:
    """Return the version of the installed package; of the source where none is installed."""
    try:
        return importlib.metadata.version("motomind-nb")
    except importlib.metadata.PackageNotFoundError:
        return __version__


def show_version(wanted: bool) -> None:
    """Print the version and end the command line, where the option asks for it."""
    if wanted:
        console.print_line(f"motomind-nb {installed_version()}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=show_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Take the options that come before a command."""


def main() -> None:
    """Run the command line; what nobody foresaw is one line and exit code 2, never a traceback."""
    console.mark_own_process()
    try:
        with console.print_errors_and_exit():
            app()
    except typer.Exit as end:
        raise SystemExit(end.exit_code) from None


if __name__ == "__main__":
    main()
