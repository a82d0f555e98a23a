"""An object of the target that is gone is a failed check, and all other checks still run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from motomind_nb import jupyter
from motomind_nb.core import EXIT_CODES, no_progress
from motomind_nb.core.tables import read_csv
from motomind_nb.runs import NOTEBOOKS, Run

AUDIT = (
    "finding",
    "run",
    "source_object",
    "quarantine",
    "disputed",
    "later_chain",
    "reading",
    "erasure",
)
# what is dropped, and the objects of it that the findings must name
GONE = {
    "nothing": ((), ()),
    "a table, a column and a staged table": (
        (
            "DROP TABLE public.garages CASCADE",
            "ALTER TABLE public.reminders DROP COLUMN due_date CASCADE",
            "DROP TABLE legacy.fuel_logs CASCADE",
        ),
        ("garages", "due_date", "fuel_logs"),
    ),
    "the events": (("DROP TABLE public.vehicle_events CASCADE",), ("vehicle_events",)),
    "schema private": (("DROP SCHEMA private CASCADE",), ("private",)),
    "the audit's tables": (
        tuple(f"DROP TABLE IF EXISTS audit.{name} CASCADE" for name in AUDIT),
        ("audit.quarantine",),
    ),
    "schema audit": (("DROP SCHEMA audit CASCADE",), ("audit.quarantine",)),
}


@pytest.mark.campaign(every=4)
@pytest.mark.parametrize("what", GONE)
def test_check_ends_with_1_and_names_what_is_gone(
    what: str, run_before: Callable[[str], Run], tmp_path: Path
) -> None:
    finished = run_before("03_row_counts")
    damages, names = GONE[what]
    with finished.connect() as connection:
        for damage in damages:
            connection.execute(damage.encode())
    checks = tmp_path / "checks"
    outcome = jupyter.check_finished_load(finished.folder, "", jupyter.Options(checks), no_progress)
    assert EXIT_CODES[outcome.facts["verdict"]] == (1 if damages else 0), (
        outcome.facts,
        [path.read_text()[-3000:] for path in outcome.folder.glob("motomind.log")],
    )
    told = read_csv(outcome.folder / "findings.csv")
    failed = told[told["status"] == "fail"]
    assert bool(len(failed)) == bool(damages)
    if damages:
        words = failed["subject"] + " " + failed["found"] + " " + failed["detail"]
        for name in names:
            assert words.str.contains(name, regex=False).any(), (name, sorted(words))
    # each stage came to its end and still has checks that pass
    for stage in ("row_counts", "mileage", "architecture"):
        assert len(told[told["stage"] == stage])
    assert len(told[(told["stage"] == "row_counts") & (told["status"] == "ok")]) > 20
    assert len(told[(told["stage"] == "architecture") & (told["status"] == "ok")]) > 5
    assert not (outcome.folder / "motomind.log").exists()
    for notebook in NOTEBOOKS[2:]:
        assert_no_traceback_but_of_a_failed_check(outcome.folder / f"notebooks/{notebook}.ipynb")


def assert_no_traceback_but_of_a_failed_check(path: Path) -> None:
    outputs = [
        output
        for cell in json.loads(path.read_text())["cells"]
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    ]
    assert {output["ename"] for output in outputs} <= {"CheckFailed"}, outputs
