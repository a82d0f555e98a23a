"""``motomind retire``: the old schema let go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from motomind_nb.commands import console, in_place
from motomind_nb.commands.in_place import DatabaseText, WaitForLock, Yes
from motomind_nb.commands.options import AsJson, RunsFolder


def retire(  # noqa: PLR0913, PLR0917 - the options of the command
    database: DatabaseText,
    by: Annotated[str, typer.Option(help="Who signs off.")],
    reason: Annotated[str, typer.Option(help="Why it may go, for the record.")],
    backup: Annotated[
        Path, typer.Option(help="The verified backup, taken after the apply: the only copy then.")
    ],
    yes: Yes = "",
    wait_for_lock: WaitForLock = 15.0,
    runs: RunsFolder = Path("runs"),
    as_json: AsJson = False,
) -> None:
    """Drop schema legacy by name, without CASCADE, once a backup is proved to equal it."""
    with console.print_errors_and_exit(as_json=as_json):
        from motomind_nb import apply as migration
        from motomind_nb import postgres

        conninfo = postgres.conninfo(database)
        with postgres.connect(conninfo) as connection:
            in_place.require_name(connection, yes)
        run = in_place.new_run(runs, database)
        facts: dict[str, Any] = {"database": yes, "by": by, "reason": reason}
        patience = migration.Patience(60 * wait_for_lock, console.print_error)
        with in_place.recorded(run, "retire", facts):
            wanted = migration.Retirement(by, reason, backup)
            dropped = migration.retire(conninfo, wanted, patience)
            told = ", ".join(
                f"{number} {kind}{'' if number == 1 else 's'}"
                for kind, number in sorted(dropped.items())
            )
            facts["dropped"] = dropped
            facts["sentence"] = (
                f"Of the old schema are gone: {told}; {backup.name} is the only copy."
            )
        lines = [f"RETIRED  {yes}", f"         {facts['sentence']}"]
        lines.append(f"report   {run.folder / 'retire.html'}")
        in_place.print_facts({"run": str(run.folder), **facts}, lines, as_json=as_json)
