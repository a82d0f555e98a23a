"""A finished load that differs: failed, passed with what a person accepted, and failed again."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from typer.testing import CliRunner

from motomind_nb import jupyter
from motomind_nb.cli import app
from motomind_nb.commands import console
from motomind_nb.core import no_progress
from motomind_nb.runs import Outcome, Run


def printed(*words: str) -> str:
    """What motomind prints on standard output."""
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def spoil(run: Run, statement: str) -> None:
    with run.connect() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statement.encode())


def test_accepted_differences_pass_stay_visible_and_bind(
    run_before: Callable[[str], Run], tmp_path: Path
) -> None:
    run = run_before("03_row_counts")

    def checked(accept: Path | None = None) -> Outcome:
        options = jupyter.Options(tmp_path / "checks", accept)
        return jupyter.check_finished_load(run.folder, "", options, no_progress)

    spoil(run, "UPDATE public.reminders SET title = title || '!'")
    failed = checked()
    assert failed.facts["verdict"] == "failed"
    assert "nobody accepted: 4 values changed." in failed.facts["sentence"]
    path = tmp_path / "accepted.toml"
    path.write_text(printed("accept", "--run", str(failed.folder)))
    (last,) = {entry["until"] for entry in tomllib.loads(path.read_text())["accepted"]}
    assert (last - datetime.now(UTC).date()).days in {89, 90}  # midnight may have passed
    unsigned = CliRunner().invoke(
        app, ["check", "--run", str(run.folder), "--accept", str(path), "--runs", str(tmp_path)]
    )
    assert unsigned.exit_code == 2 and "not empty in reason of entry 1" in unsigned.output
    over = CliRunner().invoke(app, ["accept", "--run", str(failed.folder), "--until", "2020-02-29"])
    assert over.exit_code == 2 and "found 2020-02-29; name a day that is to come" in over.output
    signature = ("--by", "Mo Adeyemi", "--reason", "typed by the owner", "--until", "2999-12-31")
    path.write_text(printed("accept", "--run", str(failed.folder), *signature))
    accepted = checked(path)
    fails = pd.read_csv(failed.folder / "findings.csv").query("status == 'fail'")
    facts = accepted.facts
    assert facts["verdict"] == "passed", facts
    assert facts["checks"]["accepted"] == len(facts["accepted"]) == len(fails)
    assert facts["sentence"] == f"Passed with {len(fails)} accepted differences: 4 values changed."
    said = "typed by the owner (Mo Adeyemi, until 2999-12-31)"
    line = f"accepted columns: reminders.title: 4 rows: {said}"
    assert line in console.verdict_lines(facts)
    page = (accepted.folder / "report.html").read_text()
    assert facts["sentence"] in page and said in page
    assert "none lost" not in page
    spoil(run, "UPDATE public.reminders SET title = title || '!' WHERE title LIKE 'Oil%'")
    again = checked(path)
    assert again.facts["verdict"] == "failed"
    told = pd.read_csv(again.folder / "findings.csv").query("check == 'accept file'")
    assert told["subject"].str.startswith("columns: reminders.title").any()
    assert told["found"].str.contains("no longer counts").any()
