"""``motomind lab``: JupyterLab on copies of the notebooks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from motomind_nb.commands import console
from motomind_nb.core import as_one_line


def lab(
    run: Annotated[
        Path | None, typer.Option(help="Look at this run instead of a fresh sample.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            help="The folder of the copies; default: motomind-lab here (runs/lab in a checkout)."
        ),
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Argument(help="What JupyterLab gets, behind --: -- --port 8890 --no-browser"),
    ] = None,
) -> None:
    """Copy the notebooks into a folder of yours and open JupyterLab on it.

    Copies that lie there already stay as they are. With --run the parameters are that run's.
    """
    with console.print_errors_and_exit():
        from motomind_nb import jupyter, runs

        environment, parameters = dict(os.environ), dict[str, Any]()
        if run is not None:
            opened = runs.open_run_folder(run)
            environment[runs.RUN_VARIABLE] = str(opened.folder)
            parameters = opened.facts().get("parameters") or {}
        folder = to or jupyter.lab_folder()
        new = jupyter.copy_notebooks(folder, parameters)
        kept = len(runs.NOTEBOOKS) - len(new)
        console.print_error(
            f"{as_one_line(folder)}: {len(new)} notebooks copied, {kept} kept as they were"
        )
    command = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={folder.resolve()}"]
    if os.name == "posix" and os.geteuid() == 0:
        command.append("--allow-root")
    command += words or []
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)
