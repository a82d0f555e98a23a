"""No notebook leaves a connection open: its cells run here, where Python says what was left."""

from __future__ import annotations

import builtins
import gc
import json
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from motomind_nb import postgres, runs
from motomind_nb.runs import NOTEBOOKS, Run

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"


def left_open(cells: list[str], **given: object) -> list[str]:
    """What Python says was left open by cells, run one after the other in one namespace."""
    held: dict[str, object] = {"__name__": "__main__", **given}
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", ResourceWarning)
        for cell in cells:
            exec(compile(cell, "a cell", "exec"), held)
        held.clear()
        gc.collect()
    return [str(item.message) for item in heard if issubclass(item.category, ResourceWarning)]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_closes_its_connections(
    name: str, run_before: Callable[[str], Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(runs.RUN_VARIABLE, str(run_before(name).folder))
    monkeypatch.setattr(builtins, "display", lambda *_, **__: None, raising=False)
    book = json.loads((FOLDER / f"{name}.ipynb").read_text("utf-8"))
    cells = ["".join(one["source"]) for one in book["cells"] if one["cell_type"] == "code"]
    assert len(cells) > 3 and left_open(cells) == []


def test_a_connection_that_is_left_open_is_noticed(sample_database: str) -> None:
    said = left_open(
        ["kept = connect(conninfo)"], connect=postgres.connect, conninfo=sample_database
    )
    assert any("still open" in text for text in said), said
