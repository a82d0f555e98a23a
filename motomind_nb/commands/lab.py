"""``motomind lab``: JupyterLab on the notebooks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.core import packaged_folder


def lab(
    run: Annotated[
        Path | None, typer.Option(help="Look at this run instead of a fresh sample.")
    ] = None,
) -> None:
    """Open JupyterLab on the notebooks."""
    with console.print_errors_and_exit():
        environment = {**os.environ, **_naming(run)}
    command = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={packaged_folder('notebooks')}"]
    if os.name == "posix" and os.geteuid() == 0:
        command.append("--allow-root")
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)


def _naming(run: Path | None) -> dict[str, str]:
    """Return the environment variable that names a run to the notebooks.

    Raises: Refused when the folder holds no run.
    """
    from motomind_nb import runs

    return {} if run is None else {runs.RUN_VARIABLE: str(runs.open_run_folder(run).folder)}
