"""Copies of the notebooks for a person to work in, with a run's parameters filled in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from motomind_nb.core import PACKAGE, Refused, naming_path, packaged_folder
from motomind_nb.runs import NOTEBOOKS

LINE = re.compile(r"^(?P<name>\w+)(?P<kind>: \w+ = )(?P<value>.*?)(?P<help>  # .*)?$", re.MULTILINE)
PLAIN = (bool, int, float, str)  # the types that a parameter may have


def lab_folder() -> Path:
    """Return where the copies go: ``runs/lab`` in a checkout, else ``motomind-lab``, both here."""
    return Path("runs", "lab") if Path.cwd() == PACKAGE.parent else Path("motomind-lab")


def copy_notebooks(folder: Path, parameters: Mapping[str, Any]) -> list[Path]:
    """Copy the notebooks and their README.md into a folder; return the files that were new.

    What lies there already is a person's work and stays. ``parameters`` are those of run.json:
    notebook -> name -> value. Each copy is trusted, so that Jupyter shows its stored outputs.
    Writes: the copies, and their signatures where Jupyter keeps those of the user.
    Raises: Refused for a folder of the package or of the checkout's notebooks.
    """
    source = packaged_folder("notebooks").resolve()
    place = folder.resolve()
    if place == source or source in place.parents or PACKAGE in (place, *place.parents):
        raise Refused("--to", "a folder of yours", f"{folder}, which ships", "name another one")
    place.mkdir(parents=True, exist_ok=True)
    new = [place / f"{name}.ipynb" for name in NOTEBOOKS if not (place / f"{name}.ipynb").exists()]
    for path in new:
        _copy(source / path.name, path, parameters.get(path.stem) or {})
    readme = place / "README.md"
    if not readme.exists():
        shutil.copyfile(source / readme.name, readme)
    return new


def _copy(source: Path, path: Path, values: Mapping[str, Any]) -> None:
    """Write one trusted copy with parameters filled in."""
    import nbformat
    from nbformat.sign import NotebookNotary

    book = nbformat.read(source, as_version=4)  # type: ignore[no-untyped-call]
    for cell in book.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = fill_parameters(cell.source, values)
    with naming_path(path):
        nbformat.write(book, path)  # type: ignore[no-untyped-call]
    NotebookNotary().sign(book)  # type: ignore[no-untyped-call]


def fill_parameters(text: str, values: Mapping[str, Any]) -> str:
    """Return a cell of parameters with other values; names that it lacks change nothing."""

    def filled(line: re.Match[str]) -> str:
        value = values.get(line["name"])
        if type(value) not in PLAIN:
            return line[0]
        return f"{line['name']}{line['kind']}{value!r}{line['help'] or ''}"

    return LINE.sub(filled, text)
