"""What the commands of the migration in place share: where they write, what they print."""

from __future__ import annotations

import importlib
import json
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motomind_nb.commands import console
from motomind_nb.core import CheckFailed, MotomindError, Refused, json_text

if TYPE_CHECKING:
    from motomind_nb.postgres import Connection
    from motomind_nb.runs import Run

DatabaseText = Annotated[
    str,
    typer.Option("--database", help="env:VARIABLE or service:NAME of the database itself."),
]
Yes = Annotated[str, typer.Option(help="The database's name, typed, to confirm.")]
PlanOnly = Annotated[
    bool,
    typer.Option("--plan", help="Read only: say what would be done and what stands against it."),
]
# what an act needs in its course, and the longest to import of it
NEEDED_LATER = ("pandas", "motomind_nb.mileage", "motomind_nb.report")
TURN_SECONDS = 0.001  # of two threads at work: one of them has many messages to send
LONGEST_WAIT = 24.0 * 60  # minutes: whoever waits for a day begins anew


def finite(value: float) -> float:
    """Return a number that is one. Raises: typer.BadParameter for nan and infinity."""
    if not math.isfinite(value):
        raise typer.BadParameter(f"{value} is no number")
    return value


WaitForLock = Annotated[
    float,
    typer.Option(
        min=0.0,
        max=LONGEST_WAIT,
        callback=finite,
        help="Minutes to try for locks, each try under a second.",
    ),
]
BackupAge = Annotated[
    float,
    typer.Option(min=0.0, max=1e6, callback=finite, help="Most hours since the backup."),
]


def require_name(connection: Connection, yes: str) -> None:
    """Refuse unless the database's own name was typed. Raises: Refused."""
    name = connection.info.dbname
    if yes != name:
        raise Refused(
            "--yes", "the name of the database", repr(yes), "type the name of the one you mean"
        )


def new_run(runs_folder: Path, database: str) -> Run:
    """Make the run folder of an act in place. Writes: the folder and run.json."""
    from motomind_nb.runs import LiveDatabase, Named, create_run

    return create_run(runs_folder, LiveDatabase(database), Named(database))


def import_meanwhile() -> None:
    """Import what an act needs later in a thread of its own, while the server is at work."""

    def act() -> None:
        for name in NEEDED_LATER:
            with suppress(Exception):  # whoever needs it is told
                importlib.import_module(name)

    sys.setswitchinterval(TURN_SECONDS)
    Thread(target=act, name="imports").start()


@contextmanager
def recorded(run: Run, name: str, facts: dict[str, Any]) -> Iterator[None]:
    """Write what an act did into its run folder, however it ends.

    ``facts`` are added to while it works. Writes: <name>.json, <name>.html, file modes.
    """
    from motomind_nb import report
    from motomind_nb.core import close_to_others
    from motomind_nb.runs import as_facts, error_without_run

    try:
        yield
    except (Exception, KeyboardInterrupt) as error:
        known = error_without_run(error)
        undone = isinstance(known, Refused | CheckFailed)
        said = f"{'Nothing has changed' if undone else 'See motomind status'}. {known}"
        told = {**facts, **as_facts(known), "sentence": said}
        report.write_act(run.folder, name, told)
        close_to_others(run.folder)
        raise
    try:
        report.write_act(run.folder, name, {"verdict": "passed", **facts})
        close_to_others(run.folder)
    except OSError as error:  # what was done is done
        console.print_error(f"{name}.html: expected a page, found {error.strerror}; it was done")


def print_facts(facts: Mapping[str, Any], lines: list[str], *, as_json: bool) -> None:
    """Print an act's facts as one object, or its lines."""
    console.print_line(json_text(dict(facts)).rstrip("\n") if as_json else "\n".join(lines))


def read_statements(path: Path | None) -> str:
    """Return the operator's own statements, none without a file.

    Raises: MotomindError when the file can't be read.
    """
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "no UTF-8"
        raise MotomindError(
            path.name, "a file of SQL statements", str(said), "name another file"
        ) from None


def shown(value: object) -> str:
    """Return a value on one line of the console."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
