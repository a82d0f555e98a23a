"""The parameters of a notebook: declared in its tagged cell, refused when unknown or ill-typed.

Papermill only warns of an unknown parameter, and turns ``-p x false`` into the true string
"false"; both would change a run without anybody seeing it.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from typing import Any

from motomind_nb.core import Refused, resources

TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
INJECTED = "# Parameters"  # how papermill's own cell begins


def declared_parameters(notebook: str) -> dict[str, str]:
    """Return name -> type name of the parameters that a notebook declares."""
    path = resources.folder("notebooks") / f"{notebook}.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            return _annotated("".join(cell["source"]))
    return {}


def _annotated(source: str) -> dict[str, str]:
    """Return the annotated assignments of a cell."""
    return {
        ast.unparse(line.target): ast.unparse(line.annotation)
        for line in ast.parse(source).body
        if isinstance(line, ast.AnnAssign)
    }


def check_parameters(notebook: str, namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a notebook's parameters.

    Raises: Refused, naming every parameter that is unknown or of another type.
    """
    known = declared_parameters(notebook)
    wrong = [f"{name} is unknown" for name in _injected(namespace) if name not in known]
    for name, kind in known.items():
        if type(namespace.get(name)) is not TYPES[kind]:
            wrong.append(f"{name} is {namespace.get(name)!r}, not {kind}")
    if wrong:
        raise Refused(
            f"parameters of {notebook}",
            ", ".join(f"{name}: {kind}" for name, kind in known.items()),
            "; ".join(wrong),
            "pass only these, with values of these types",
        )
    return {name: namespace[name] for name in known}


def _injected(namespace: Mapping[str, Any]) -> list[str]:
    """Return the names that papermill's injected cell assigned, read from the input history."""
    cells = [text for text in namespace.get("In", []) if text.startswith(INJECTED)]
    lines = [line for text in cells for line in ast.parse(text).body]
    return [
        target.id
        for line in lines
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    ]
