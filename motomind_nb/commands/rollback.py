"""``motomind rollback``: an apply taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from motomind_nb.commands import console, in_place
from motomind_nb.commands.in_place import DatabaseText, PlanOnly, WaitForLock, Yes
from motomind_nb.commands.options import AsJson, RunsFolder
from motomind_nb.core import MotomindError, rows_counted


def rollback(  # noqa: PLR0913, PLR0917 - the options of the command
    database: DatabaseText,
    yes: Yes = "",
    plan: PlanOnly = False,
    carry: Annotated[
        bool, typer.Option("--carry", help="Bring rows written since back into the old tables.")
    ] = False,
    discard: Annotated[
        int | None,
        typer.Option(help="Export this many rows written since (as --plan counts), and drop them."),
    ] = None,
    wait_for_lock: WaitForLock = 15.0,
    runs: RunsFolder = Path("runs"),
    as_json: AsJson = False,
) -> None:
    """Put the old schema back where it stood, in one transaction; nothing is lost unseen.

    Without --carry or --discard it refuses when rows were written since the apply.
    """
    with console.print_errors_and_exit(as_json=as_json):
        from motomind_nb import apply as migration
        from motomind_nb import postgres

        if carry and discard is not None:
            raise MotomindError(
                "motomind rollback", "--carry or --discard", "both", "say one of the two"
            )
        conninfo = postgres.conninfo(database)
        with postgres.connect(conninfo) as connection:
            if plan:
                found = migration.plan_rollback(connection)
                in_place.print_facts(found.facts(), plan_lines(found), as_json=as_json)
                return
            in_place.require_name(connection, yes)
        run = in_place.new_run(runs, database)
        facts: dict[str, Any] = {"database": yes}
        patience = migration.Patience(60 * wait_for_lock, console.print_error)
        with in_place.recorded(run, "rollback", facts):
            way = migration.Way(run.folder, carry, discard)
            undone = migration.roll_back(conninfo, way, patience)
            facts |= {**told(undone), "sentence": sentence(undone)}
        lines = [f"ROLLED BACK  {yes}", f"         {sentence(undone)}"]
        lines.append(f"report   {run.folder / 'rollback.html'}")
        in_place.print_facts({"run": str(run.folder), **facts}, lines, as_json=as_json)


def told(undone: Any) -> dict[str, Any]:
    """Return what a rollback did, as plain values."""
    facts = undone.plan.facts()
    listed = [{"step": "rollback", "text": text} for text in facts["statements"]]
    return {
        **facts,
        "statements": listed,
        "rows_carried": undone.carried,
        "rows_exported": undone.exported,
    }


def sentence(undone: Any) -> str:
    """Return in one sentence what a rollback did."""
    if undone.carried:
        return f"The old schema is back, with {rows_counted(undone.carried)} written since."
    if undone.exported:
        number = sum(undone.exported.values())
        return f"The old schema is back; {rows_counted(number)} written since lie in discarded/."
    return "The old schema is back as it was; nothing had been written since."


def plan_lines(plan: Any) -> list[str]:
    """Return what a rollback would find and do, as lines."""
    return [
        *plan.statements,
        *(
            f"written  {table}: {rows_counted(number)} {kind}"
            for (table, kind), number in plan.written.items()
        ),
        *(f"no home  {name}: {rows_counted(held)}" for name, held in plan.homeless.items()),
        f"rows     {plan.rows:,} written since the apply"
        + (f": --carry or --discard {plan.rows}" if plan.rows else ""),
    ]
