"""``motomind sample``: realistic histories of any size, for trials and benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import EMPTY_DATABASE


def sample(
    target: Annotated[str, typer.Option(help=EMPTY_DATABASE)],
    vehicles: Annotated[int, typer.Option(min=1, help="How many vehicles.")] = 100,
    events: Annotated[int, typer.Option(min=0, help="Rows over the four event tables.")] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same rows.")] = 1,
    truth: Annotated[
        Path, typer.Option(help="File that gets the truth: which rows were spoiled and how.")
    ] = Path("truth.csv"),
) -> None:
    """Create the legacy schema in an empty database and fill it with realistic histories."""
    with console.print_errors_and_exit():
        from motomind_nb import legacy, postgres

        console.handle_command_stops()
        plan = legacy.Plan(vehicles=vehicles, events=events, seed=seed)
        with (
            console.show_progress() as tell,
            postgres.connect(postgres.conninfo(target)) as connection,
        ):
            legacy.generate(connection, plan, truth, lambda done: tell("events", done, events))
        console.print_line(
            f"{target}: {vehicles:,} vehicles, {events:,} events; the truth is in {truth}"
        )
