"""What the command line prints: progress on a terminal, plain lines elsewhere, the verdict."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer
from rich.console import Console
from rich.markup import escape

from motomind_nb.commands import progress
from motomind_nb.commands.actions import tell_github
from motomind_nb.core import (
    Finding,
    MotomindError,
    Tell,
    as_one_line,
    json_text,
    rows_accounted,
    rows_counted,
)

if TYPE_CHECKING:
    from motomind_nb.runs import Outcome

LOG = "motomind.log"  # of a run folder
_PROCESS = {"own": False}
COLOURS = {"passed": "green", "failed": "red", "error": "red", "refused": "yellow"}
PRINT_IT = "install chromium, or print report.html from a browser"


def print_line(text: str) -> None:
    """Print one plain line; a reader that is gone, as after ``| head -1``, is no error.

    Raises: MotomindError where the line can't be written.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        _write_no_more(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return
        raise MotomindError(
            "standard output",
            "a place that takes what is printed",
            error.strerror or str(error),
            "print it elsewhere",
        ) from None


def print_error(text: str) -> None:
    """Print one line to standard error; where that takes nothing, the work goes on unheard."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _write_no_more(sys.stderr)


def _write_no_more(stream: TextIO) -> None:
    """Let nothing that is printed from now on, also when Python ends, be an error again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def mark_own_process() -> None:
    """Say that this process is the command's own, and no test or program that calls a command.

    A letter that a terminal's encoding lacks is printed as its number and ends nothing.
    """
    _PROCESS["own"] = True
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def handle_command_stops() -> None:
    """Let SIGTERM and its like end a run with a verdict, where the process is the command's own."""
    from motomind_nb.runs import handle_stop_signals

    if _PROCESS["own"]:
        handle_stop_signals()


def print_object(facts: dict[str, Any]) -> None:
    """Print one JSON object, the whole of standard output."""
    print_line(json_text(facts).rstrip("\n"))


@contextmanager
def print_errors_and_exit(*, as_json: bool = False) -> Iterator[None]:
    """Print an error of the block as one line and end with its exit code.

    With ``as_json`` it is also the one object on standard output.
    """
    try:
        yield
    except (Exception, KeyboardInterrupt) as error:
        if isinstance(error, RuntimeError) and hasattr(error, "exit_code"):
            raise  # the command's own end
        from motomind_nb.runs import as_facts, error_without_run

        known = error_without_run(error)
        print_error(str(known))
        if as_json:
            print_object(as_facts(known))
        raise typer.Exit(known.exit_code) from None


@contextmanager
def show_progress() -> Iterator[Tell]:
    """Give a function (name, done, total) that draws bars on a terminal, else writes lines."""
    with progress.show_progress(print_error) as tell:
        yield tell


def warn_without_chromium(pdf: bool) -> None:
    """Say before a run that its report can't be printed as PDF, where one is wanted."""
    from motomind_nb.report import find_chromium

    if pdf and find_chromium() is None:
        print_error(f"--pdf: expected Chromium, found none; there will be no PDF: {PRINT_IT}")


def print_outcome(result: Outcome, *, pdf: bool = False, as_json: bool = False) -> None:
    """Print the verdict block and where the report lies, as PDF too where that was wanted.

    The exit code is the verdict's, whether anybody reads the block or not.
    """
    tell_github(result)
    try:
        if as_json:
            print_object({"run": str(result.folder), **result.facts})
        else:
            print_line(_block(result))
    except MotomindError as error:
        print_error(str(error))
    if pdf and not (result.folder / "report.pdf").exists():
        print_error(f"report.pdf: expected a printed report, found none: {PRINT_IT}")


def _block(result: Outcome) -> str:
    """Return the verdict block, coloured on a terminal."""
    block = io.StringIO()
    coloured = bool(sys.stdout and sys.stdout.isatty())
    _print_block(
        Console(file=block, force_terminal=coloured, highlight=False, soft_wrap=True), result
    )
    return block.getvalue().rstrip("\n")


def _print_block(console: Console, result: Outcome) -> None:
    """Print the verdict block."""
    verdict = result.facts["verdict"]
    source = escape(str(result.facts.get("source", "")))
    console.print(f"[bold {COLOURS.get(verdict, 'yellow')}]{verdict.upper()}[/]  {source}")
    if verdict in ("passed", "failed"):
        console.print(f"         {result.facts['sentence']}", markup=False)
    for line in verdict_lines(result.facts):
        console.print(line, markup=False)
    if (result.folder / "report.html").exists():
        console.print(f"report   {_short(result.folder / 'report.html')}", markup=False)
    else:
        console.print(f"run      {_short(result.folder)}", markup=False)
    if (result.folder / "report.pdf").exists():
        console.print(f"pdf      {_short(result.folder / 'report.pdf')}", markup=False)
    if (result.folder / LOG).exists():
        console.print(f"log      {_short(result.folder / LOG)}", markup=False)


def verdict_lines(facts: dict[str, Any]) -> list[str]:
    """Return the verdict block's lines: rows, mileage, checks, who accepted what, what to do."""
    lines = []
    if "rows" in facts:
        rows, mileage, checks = facts["rows"], facts["mileage"], facts["checks"]
        lines += [
            f"objects  {facts['objects']}",
            f"rows     {rows_accounted(rows)}",
            f"mileage  {mileage['vehicles']:,} vehicles, {mileage['equal']:,} equal,"
            f" {mileage['different']:,} different",
            f"checks   {checks['ok']:,} ok, {checks['warn']:,} warnings, {checks['note']:,} notes,"
            f" {checks['fail']:,} failed"
            + (f", {checks['accepted']:,} accepted" if checks["accepted"] else ""),
        ]
        lines += [
            f"accepted {item['check']}: {item['subject']}: {rows_counted(item['rows'])}:"
            f" {item['accepted']}"
            for item in facts["accepted"]
        ]
    if "action" in facts:
        lines += [f"{name:8} {facts[name]}" for name in ("object", "expected", "found", "action")]
    return lines


def print_findings(items: list[Finding]) -> None:
    """Print findings, one plain line each."""
    for item in items:
        print_line(
            f"{item.status:4} {item.check}: {item.subject}: {item.found} {item.detail}".rstrip()
        )


def _short(path: Path) -> str:
    """Return a path relative to the current folder where that is shorter."""
    try:
        return as_one_line(path.relative_to(Path.cwd()))
    except ValueError:
        return as_one_line(path)
