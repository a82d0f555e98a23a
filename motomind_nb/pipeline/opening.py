"""How a notebook gets its run: the one that the environment or the target names, or a fresh one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas

from motomind_nb import parameters
from motomind_nb.pipeline import begin, compare, conclusion, stages, verdict
from motomind_nb.run import NOTEBOOKS, Run

NAMES = ("source", "target", "runs")  # parameters that name a run and say nothing of how it is done


def open_run(notebook: str, namespace: Mapping[str, Any]) -> Run:
    """Return the run a notebook works on, its parameters checked first.

    Named by MOTOMIND_RUN when ``target`` is empty; the newest run with this ``target`` otherwise,
    where 01_profile makes a new one. Without both a fresh sample run is made up to the stage
    before the notebook's own.
    Raises: Refused for a wrong parameter or a missing predecessor.
    Writes: the other parameters, into run.json.
    """
    values = parameters.check(notebook, namespace)
    run = _run_of(notebook, values)
    chosen = {name: value for name, value in values.items() if name not in NAMES}
    if chosen:
        run.note(parameters=run.facts().get("parameters", {}) | {notebook: chosen})
    return run


def _run_of(notebook: str, values: Mapping[str, Any]) -> Run:
    """Return the run of a notebook with these parameters."""
    if values["target"] and notebook == NOTEBOOKS[0]:
        return begin.new_run(values["source"], values["target"], values["runs"])
    run = begin.existing_run(values["target"], values["runs"])
    if run is None:
        run = begin.new_run(values["source"], "", values["runs"])
        make_up(run, notebook)
    if notebook != NOTEBOOKS[0]:
        run.require(NOTEBOOKS[NOTEBOOKS.index(notebook) - 1])
    return run


def make_up(run: Run, notebook: str) -> None:
    """Do the stages that come before a notebook."""
    for name in NOTEBOOKS[: NOTEBOOKS.index(notebook)]:
        make_up_one(run, name)


def make_up_one(run: Run, notebook: str) -> None:
    """Do the stage of one notebook without it."""
    STAGES[notebook](run)


def _profiled(run: Run) -> None:
    stages.back_up(run)
    stages.stage_backup(run)
    compare.profile_of(run)


STAGES: dict[str, Callable[[Run], object]] = {
    "01_profile": _profiled,
    "02_rebuild": stages.rebuild_and_load,
    "03_row_counts": compare.row_counts,
    "04_mileage": compare.mileage_of,
    "05_architecture": compare.architecture_of,
    "06_report": conclusion.conclude,
}


def described(run: Run) -> pandas.DataFrame:
    """Return what the run is about: source and target by the names that the user gave.

    Columns: source, target.
    """
    return pandas.DataFrame([{"source": verdict.source_label(run), "target": run.target}])
