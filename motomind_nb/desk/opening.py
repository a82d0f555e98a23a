"""How a notebook gets its run: the one that the environment or the target names, or a fresh one."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from motomind_nb import runs, stages
from motomind_nb.core import MotomindError
from motomind_nb.runs import NOTEBOOKS, RUN_VARIABLE, Run, Target

NAMES = ("source", "target", "runs")  # parameters that name a run and say nothing of how it is done


def open_run(notebook: str, namespace: Mapping[str, Any]) -> Run:
    """Return the run a notebook works on, its parameters checked first.

    Named by MOTOMIND_RUN when ``target`` is empty; the newest run with this ``target`` otherwise,
    where 01_profile makes a new one. Without both a fresh sample run is made up to the stage
    before the notebook's own.
    Raises: Refused for a wrong parameter or a missing predecessor.
    Writes: the other parameters, into run.json.
    """
    values = _checked(notebook, namespace)
    run = _run_of(notebook, values)
    chosen = {name: value for name, value in values.items() if name not in NAMES}
    if chosen:
        run.note(parameters=run.facts().get("parameters", {}) | {notebook: chosen})
    return run


def _checked(notebook: str, namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the parameters; a refusal is kept with the run that the kernel knows."""
    try:
        return stages.check_parameters(notebook, namespace)
    except MotomindError as error:
        if folder := os.environ.get(RUN_VARIABLE):
            runs.open_run_folder(Path(folder)).store_error(error)
        raise


def _run_of(notebook: str, values: Mapping[str, Any]) -> Run:
    """Return the run of a notebook with these parameters."""
    if values["target"] and notebook == NOTEBOOKS[0]:
        return stages.start_run(values["source"], values["target"], values["runs"])
    run = _existing(values["target"], values["runs"])
    if run is None:
        run = stages.start_run(values["source"], "", values["runs"])
        run_stages_before(run, notebook)
    if notebook != NOTEBOOKS[0]:
        run.require(NOTEBOOKS[NOTEBOOKS.index(notebook) - 1])
    return run


def _existing(target: str, folder: str) -> Run | None:
    """Return the run that the environment or the target names, None when neither does."""
    named = os.environ.get(RUN_VARIABLE, "")
    if named and not target:
        return runs.open_run_folder(Path(named))
    if target:
        return runs.newest_run(stages.runs_folder(folder), Target.parse(target))
    return None


def run_stages_before(run: Run, notebook: str) -> None:
    """Do the stages that come before a notebook."""
    for name in NOTEBOOKS[: NOTEBOOKS.index(notebook)]:
        run_stage_without_notebook(run, name)


def run_stage_without_notebook(run: Run, notebook: str) -> None:
    """Do the stage of one notebook without it."""
    STAGES[notebook](run)


def _profiled(run: Run) -> None:
    """Do what 01_profile does."""
    stages.back_up(run)
    stages.stage_backup(run)
    stages.take_profile(run)


STAGES: dict[str, Callable[[Run], object]] = {
    "01_profile": _profiled,
    "02_rebuild": stages.rebuild_and_load,
    "03_row_counts": stages.compare_rows,
    "04_mileage": stages.compare_mileage,
    "05_architecture": stages.run_architecture_proofs,
    "06_report": stages.conclude_with_verdict,
}


def describe_run(run: Run) -> pd.DataFrame:
    """Return what the run is about: source and target by the names that the user gave.

    Columns: source, target.
    """
    return pd.DataFrame([{"source": run.source.label, "target": run.target.text}])
