"""The parameters of a notebook: declared in its tagged cell, refused when unknown or ill-typed.

A number is refused below the least that means something: a tolerance is never negative.

Papermill only warns of an unknown parameter, and turns ``-p x false`` into the true string
"false"; both would change a run without anybody seeing it.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from typing import Annotated, Any

from motomind_nb.core import Refused, resources
from motomind_nb.postgres import mask_secrets

TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
# the least of each number; 0 (no mile, no row) where none is named
LEAST = {"exact_rows": 1, "sample_rows": 1, "warn_rate_miles_per_day": 1}
INJECTED = "# Parameters"  # how papermill's own cell begins


def declared_parameters(notebook: str) -> dict[str, str]:
    """Return name -> type name of the parameters that a notebook declares."""
    path = resources.packaged_folder("notebooks") / f"{notebook}.ipynb"
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

    Raises: Refused, naming every parameter that is unknown, of another type or out of its range.
    """
    known = declared_parameters(notebook)
    wrong = [f"{name} is unknown" for name in _injected(namespace) if name not in known]
    wrong += _faults(known, {name: namespace.get(name) for name in known})
    if wrong:
        raise Refused(
            f"parameters of {notebook}",
            ", ".join(f"{name}: {kind}" for name, kind in known.items()),
            "; ".join(wrong),
            "pass only these, with values of these types",
        )
    return {name: namespace[name] for name in known}


def _faults(known: Mapping[str, str], values: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the values of parameters, by their declared types and ranges."""
    from pydantic import ConfigDict, ValidationError, create_model

    fields: dict[str, Any] = {name: (_type(name, kind), ...) for name, kind in known.items()}
    try:
        create_model("Parameters", __config__=ConfigDict(strict=True), **fields)(**values)
    except ValidationError as error:
        return [
            f"{fault['loc'][0]} is {mask_secrets(repr(fault['input']))[:80]}, "
            + (
                f"less than {LEAST.get(str(fault['loc'][0]), 0)}"
                if fault["type"] == "greater_than_equal"
                else f"not {known[str(fault['loc'][0])]}"
            )
            for fault in error.errors()
        ]
    return []


def _type(name: str, kind: str) -> Any:
    """Return the type of a parameter with its range, as pydantic reads it."""
    from pydantic import Field

    if kind not in ("int", "float"):
        return TYPES[kind]
    return Annotated[TYPES[kind], Field(ge=LEAST.get(name, 0))]


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
