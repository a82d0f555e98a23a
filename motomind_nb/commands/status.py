"""``motomind status``: in which state of the migration a database is."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from motomind_nb.commands import console, in_place
from motomind_nb.commands.in_place import DatabaseText
from motomind_nb.commands.options import AsJson
from motomind_nb.core import rows_counted


def status(
    database: DatabaseText,
    check: Annotated[
        bool,
        typer.Option("--check", help="Compare the rebuilt tables with legacy: written or damaged?"),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say whether a database is legacy, applied, rolled back or retired. Reads only.

    With --check exit code 1 where rows of the load are gone or were altered that nobody may alter.
    """
    with console.print_errors_and_exit(as_json=as_json):
        from motomind_nb import apply as migration
        from motomind_nb import postgres

        with postgres.connect(postgres.conninfo(database)) as connection:
            state = migration.read_state(connection)
            facts: dict[str, Any] = {"database": connection.info.dbname, **state.facts()}
            lines = [f"{name:12} {in_place.shown(held)}" for name, held in facts.items() if held]
            damaged = 0
            if check:
                changes = migration.changes_since(connection)
                damaged = sum(changes.damage.values())
                facts |= changes.facts()
                lines += [
                    f"{word:12} {table}: {rows_counted(number)} {kind}"
                    for word, held in (("written", changes.written), ("DAMAGED", changes.damage))
                    for (table, kind), number in held.items()
                ] or ["compared     the rebuilt tables hold what legacy gives, and no more"]
        in_place.print_facts(facts, lines, as_json=as_json)
    raise typer.Exit(1 if damaged else 0)
