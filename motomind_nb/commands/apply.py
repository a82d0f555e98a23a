"""``motomind apply``: the migration itself, in place."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motomind_nb.commands import console, in_place
from motomind_nb.commands.in_place import BackupAge, DatabaseText, PlanOnly, WaitForLock, Yes
from motomind_nb.commands.options import AcceptFile, AsJson, RunsFolder
from motomind_nb.core import MotomindError

if TYPE_CHECKING:
    from motomind_nb.apply import Carried, Plan, Request


def apply(  # noqa: PLR0913, PLR0917 - the options of the command
    database: DatabaseText,
    rehearsal: Annotated[Path, typer.Option(help="The run folder of the passed rehearsal.")],
    plan: PlanOnly = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do everything, the switch included, and undo it.")
    ] = False,
    approve: Annotated[str, typer.Option(help="The TOKEN that the plan printed: do it.")] = "",
    yes: Yes = "",
    also: Annotated[
        Path | None,
        typer.Option(help="SQL of your own for what hangs on the old objects; runs inside."),
    ] = None,
    accept: AcceptFile = None,
    backup_age: BackupAge = 24.0,
    signed_by: Annotated[
        Path | None, typer.Option(help="The public key that must have signed the rehearsal.")
    ] = None,
    wait_for_lock: WaitForLock = 15.0,
    not_before: Annotated[
        str, typer.Option(help="Wait until this local time, as 02:00, before anything is locked.")
    ] = "",
    runs: RunsFolder = Path("runs"),
    as_json: AsJson = False,
) -> None:
    """Carry the migration out in place, in one transaction: --plan, --dry-run or --approve TOKEN.

    Exit codes: 0 done, 1 a check failed, 2 error, 3 refused; but for 0 nothing has changed.
    """
    with console.print_errors_and_exit(as_json=as_json), console.show_progress() as tell:
        from motomind_nb import apply as migration
        from motomind_nb import postgres
        from motomind_nb.apply import Act, Request
        from motomind_nb.runs import open_run_folder

        _one_of(plan, dry_run, approve)
        request = Request(
            open_run_folder(rehearsal),
            accept,
            in_place.read_statements(also),
            backup_age,
            signed_by,
        )
        if plan:
            found = _planned(database, request)
            in_place.print_facts(found.facts(), plan_lines(found), as_json=as_json)
            raise typer.Exit(3 if found.open_points else 0)
        in_place.import_meanwhile()
        _refuse_other_name(database, yes)
        _wait_until(not_before)
        run = in_place.new_run(runs, database)
        act = Act(run.id, approve, 60 * wait_for_lock, tell, console.print_error)
        facts: dict[str, Any] = {"database": yes, "rehearsal": request.rehearsal.id}
        with in_place.recorded(run, "apply", facts):
            carried = migration.carry_out(postgres.conninfo(database), request, act)
            facts |= {**carried.facts(), "sentence": sentence(carried)}
        in_place.print_facts(
            {"run": str(run.folder), **facts}, carried_lines(carried, run.folder), as_json=as_json
        )


def _one_of(plan: bool, dry_run: bool, approve: str) -> None:
    """Raise MotomindError unless exactly one of the three ways is asked for."""
    if [plan, dry_run, bool(approve)].count(True) != 1:
        raise MotomindError(
            "motomind apply",
            "one of --plan, --dry-run, --approve TOKEN",
            "none or several",
            "begin with --plan",
        )


def _planned(database: str, request: Request) -> Plan:
    """Return the plan. Reads only."""
    from motomind_nb import apply as migration
    from motomind_nb import postgres

    conninfo = postgres.conninfo(database)
    with postgres.connect(conninfo, schemas=migration.IN_PLACE) as connection:
        return migration.plan_apply(connection, request)


def _refuse_other_name(database: str, yes: str) -> None:
    """Refuse unless the database's own name was typed. Reads only."""
    from motomind_nb import postgres

    with postgres.connect(postgres.conninfo(database)) as connection:
        in_place.require_name(connection, yes)


def _wait_until(clock: str) -> None:
    """Wait until a local time of today or tomorrow. Raises: MotomindError for another text."""
    if not clock:
        return
    try:
        wanted = datetime.strptime(clock, "%H:%M").time()
    except ValueError:
        raise MotomindError(
            "--not-before", "a time of day as 02:00", repr(clock), "write hours and minutes"
        ) from None
    now = datetime.now().astimezone()
    moment = now.replace(hour=wanted.hour, minute=wanted.minute, second=0, microsecond=0)
    if moment < now:
        moment += timedelta(days=1)
    console.print_error(f"waiting until {moment:%Y-%m-%d %H:%M}")
    time.sleep((moment - now).total_seconds())


def sentence(carried: Carried) -> str:
    """Return in one sentence what an apply did."""
    waits = f"writers waited at most {carried.writers:.1f} s, readers {carried.readers:.2f} s"
    if carried.committed:
        return f"Applied: the rebuilt schema stands in public, the old one in legacy; {waits}."
    return f"Tried and undone: everything held, nothing has changed; {waits}."


def plan_lines(plan: Plan) -> list[str]:
    """Return the plan as lines: statements, what to know, open points, waits, the token."""
    lines: list[str] = []
    step = ""
    for item in plan.statements:
        if item.step != step:
            step = item.step
            lines.append(f"-- step: {step}")
        lines.append(item.text)
    lines += [f"to know  {point.subject}: {point.found}" for point in plan.warnings]
    lines += [
        f"OPEN     {point.subject}: expected {point.expected}, found {point.found}; {point.detail}"
        for point in plan.open_points
    ]
    for who, place in (("readers", "the switch"), ("writers", "the first lock")):
        if seconds := plan.predicted.get(f"{who}_seconds"):
            lines.append(f"{who}  wait about {seconds:,.2f} s from {place} on, as rehearsed")
    return [*lines, f"TOKEN {plan.token}"]


def carried_lines(carried: Carried, folder: Path) -> list[str]:
    """Return what an apply did, as lines."""
    word = "APPLIED" if carried.committed else "UNDONE"
    return [
        f"{word}  {carried.plan.database}",
        f"         {sentence(carried)}",
        f"report   {folder / 'apply.html'}",
    ]
