"""A finished load that differs is checked twice: failed, and passed with what a person accepted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from motomind_nb import jupyter
from motomind_nb.core import no_progress
from motomind_nb.runs import Run


def test_accepted_differences_pass_and_stay_visible(
    run_before: Callable[[str], Run], tmp_path: Path
) -> None:
    run = run_before("03_row_counts")
    with run.connect() as connection:
        connection.execute("COMMENT ON COLUMN public.vehicles.nickname IS NULL")
        connection.execute("ALTER TABLE public.reminders DISABLE TRIGGER USER")
        connection.execute("UPDATE public.reminders SET title = title || '!'")
        connection.execute("ALTER TABLE public.reminders ENABLE TRIGGER USER")
    options = jupyter.Options(tmp_path / "checks")
    failed = jupyter.check(run.folder, "", options, no_progress)
    assert failed.facts["verdict"] == "failed"
    fails = pd.read_csv(failed.folder / "findings.csv", dtype=str, keep_default_na=False)
    fails = fails[fails.status == "fail"]
    entries = [
        f"[[accepted]]\ncheck = {json.dumps(check)}\nsubject = {json.dumps(subject)}\n"
        'reason = "agreed"\nuntil = 2999-12-31\n'
        for check, subject in zip(fails.check, fails.subject, strict=True)
    ]
    entries.append('[[accepted]]\ncheck = "x"\nsubject = "y"\nreason = "z"\nuntil = 2999-12-31\n')
    path = tmp_path / "accepted.toml"
    path.write_text("\n".join(entries))
    accepted = jupyter.check(
        run.folder, "", jupyter.Options(tmp_path / "checks", path), no_progress
    )
    assert accepted.facts["verdict"] == "passed", accepted.facts
    assert accepted.facts["checks"]["accepted"] == len(fails)
    found_again = (accepted.folder / "findings.csv").read_text()
    assert "agreed" in found_again and "it matches nothing" in found_again
    assert "agreed" in (accepted.folder / "report.html").read_text()
