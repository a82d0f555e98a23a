"""``motomind psql``: the database of a run, in psql."""

from __future__ import annotations

import subprocess
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.core import MotomindError


def psql(
    run: Annotated[Path, typer.Option(help="The folder of a run.")],
    words: Annotated[
        list[str] | None, typer.Argument(help="What psql gets, behind --: -- -c 'TABLE vehicles'")
    ] = None,
) -> None:
    """Open the target database of a run in psql, read only unless you say otherwise in it.

    An embedded server is started for it and stopped afterwards; the run folder stays as it is.
    """
    with console.print_errors_and_exit():
        from motomind_nb import postgres
        from motomind_nb.runs import Named, conninfo_meanwhile, open_run_folder

        program = postgres.psql_program()
        if program is None:
            raise MotomindError("psql", "the program psql", "none", "install PostgreSQL's client")
        opened = open_run_folder(run)
        with (
            nullcontext(opened.target.conninfo())
            if isinstance(opened.target, Named)
            else conninfo_meanwhile(opened.folder, opened.database_name)
        ) as conninfo:
            how = postgres.psql_connection(conninfo)
            command = [str(program), *how.arguments, *(words or [])]
            done = subprocess.run(command, env=how.environment, check=False)
    raise typer.Exit(done.returncode)
