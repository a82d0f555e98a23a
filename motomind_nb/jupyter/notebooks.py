"""Running the notebooks headlessly: papermill through its API, all of them from one process.

An executed notebook keeps what its input determines and nothing else: run times, papermill's
metadata, random cell ids and anything that looks like a secret are taken out.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg

from motomind_nb import postgres, runs
from motomind_nb.core import MotomindError, Tell, give_back_free_memory, resources
from motomind_nb.jupyter.kernels import Kernels
from motomind_nb.runs import Run

# nbformat validates with jsonschema, which checks no URI and no duration here: three of its
# optional helpers cost two seconds and more to import
for helper in ("rfc3987_syntax", "rfc3986_validator", "isoduration"):
    sys.modules.setdefault(helper, None)  # type: ignore[arg-type]

TIME_OUT_SECONDS = 3600
# how Python writes an OSError: its number, its words, the path
SYSTEM_ERROR = re.compile(r"\[Errno (\d+)\] [^:]*(?:: )?(.*)", re.DOTALL)
SECRET_VARIABLES = ("PGPASSWORD", "PGPASSFILE")


def notebook_path(name: str) -> Path:
    """Return the path of a notebook as it ships."""
    return resources.packaged_folder("notebooks") / f"{name}.ipynb"


def execute(
    kernels: Kernels, name: str, parameters: Mapping[str, Any], progress: Tell
) -> MotomindError | None:
    """Execute one notebook of a run; return the error it ended with, None when it ended well.

    Writes: notebooks/<name>.ipynb in the run folder, also when a cell failed (the evidence).
    """
    run = kernels.run
    output = run.folder / "notebooks" / f"{name}.ipynb"
    (run.folder / "error.json").unlink(missing_ok=True)
    manager = kernels.take(name)
    try:
        _papermill(output, dict(parameters), manager, progress)
    except Exception as error:
        stored = run.stored_error()
        if stored is None:
            runs.log_traceback(run.folder, error)
        return stored or _unexpected(run, name, error)
    finally:
        kernels.release(manager)
        if output.exists():
            strip_run_details_of_file(output)
    return None


def _papermill(output: Path, parameters: dict[str, Any], manager: Any, progress: Tell) -> None:
    """Execute with papermill, telling the progress cell by cell."""
    from papermill.engines import papermill_engines
    from papermill.execute import execute_notebook

    name = output.stem
    papermill_engines.register("motomind", _engine(name, progress))
    execute_notebook(
        escape_path_for_papermill(notebook_path(name)),
        escape_path_for_papermill(output),
        parameters,
        engine_name="motomind",
        kernel_name="python3",
        progress_bar=False,
        start_timeout=60,
        execution_timeout=TIME_OUT_SECONDS,
        cwd=output.parent,
        autosave_cell_every=0,
        km=manager,
    )


def escape_path_for_papermill(path: Path) -> str:
    """Return a path as papermill takes it, which fills braces with parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _engine(name: str, progress: Tell) -> type:
    """Return papermill's own engine, telling each finished cell."""
    from papermill.engines import NBClientEngine, NotebookExecutionManager

    class Told(NBClientEngine):  # type: ignore[misc]
        """Papermill's engine; the bar that it would draw is ours."""

        @classmethod
        def execute_managed_notebook(
            cls, nb_man: NotebookExecutionManager, *args: Any, **kwargs: Any
        ) -> Any:
            nb_man.pbar = _Bar(name, len(nb_man.nb.cells), progress)
            give_back_free_memory()  # reading the notebook took 10 MB; this process waits now
            return super().execute_managed_notebook(nb_man, *args, **kwargs)

    return Told


class _Bar:
    """What papermill expects of a progress bar, handing each step on."""

    def __init__(self, name: str, total: int, progress: Tell) -> None:
        self.name, self.total, self.n, self.progress = name, total, 0, progress
        progress(name, 0, total)

    def update(self, cells: int) -> None:
        """Count finished cells."""
        self.n += cells
        self.progress(self.name, self.n, self.total)

    def close(self) -> None:
        """End the bar."""


def _unexpected(run: Run, name: str, error: Exception) -> MotomindError:
    """Return an error that no stage raised by itself, as one line without secrets."""
    kind, text = getattr(error, "ename", ""), str(getattr(error, "evalue", error))
    system, server = SYSTEM_ERROR.match(text), getattr(psycopg.errors, kind, None)
    if system:
        path = system[2].strip("'")
        return runs.as_motomind_error(
            OSError(int(system[1]), os.strerror(int(system[1])), path or name)
        )
    if server is not None and issubclass(server, psycopg.Error):
        return runs.as_motomind_error(server(text))
    if not kind and getattr(error, "errno", None):
        return runs.as_motomind_error(error, run.folder)
    return MotomindError(
        f"notebook {name}",
        "every cell to run",
        postgres.mask_secrets(f"{kind or type(error).__name__}: {text}")[:400],
        f"open the notebook in the run folder, which keeps the failing cell, or {runs.LOG}",
    )


def strip_run_details_of_file(path: Path) -> None:
    """Take out of a notebook file what varies from run to run. Writes: the file."""
    import nbformat

    book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    strip_run_details(book)
    nbformat.write(book, path)  # type: ignore[no-untyped-call]


def strip_run_details(book: Any) -> None:
    """Take run times, papermill's metadata, random ids and secrets out of a notebook, in place."""
    for name in ("papermill", "widgets"):
        book.metadata.pop(name, None)
    book.metadata["language_info"] = {"name": "python"}
    book.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    for position, cell in enumerate(book.cells, start=1):
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"injected-{position}"
        for output in cell.get("outputs", []):
            _clean_output(output)


def _clean_output(output: Any) -> None:
    """Take secrets out of one output's texts."""
    for name in ("text", "evalue"):
        if name in output:
            output[name] = without_secrets(output[name])
    if "traceback" in output:
        output["traceback"] = [without_secrets(line) for line in output["traceback"]]
    for kind, text in output.get("data", {}).items():
        if isinstance(text, str):
            output["data"][kind] = without_secrets(text)


def without_secrets(text: str) -> str:
    """Return the text without connection strings, passwords and the values of their variables."""
    for name in SECRET_VARIABLES:
        value = os.environ.get(name, "")
        if len(value) > 3:
            text = text.replace(value, "(hidden)")
    return postgres.mask_secrets(text)
