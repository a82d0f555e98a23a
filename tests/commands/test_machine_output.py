"""For machines: --json, junit.xml, run.sqlite, GitHub, diff; on one real run of the sample."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from motomind_nb.cli import app
from motomind_nb.runs import NOTEBOOKS


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """What ``audit --json`` of the sample printed, as GitHub Actions runs it."""
    place = tmp_path_factory.mktemp("audited")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GITHUB_ACTIONS", "true")
        patch.setenv("GITHUB_STEP_SUMMARY", str(place / "summary.md"))
        return run("audit", "--source", "sample", "--runs", place / "runs", "--json")


@pytest.fixture
def folder(audited: Result) -> Path:
    return Path(json.loads(audited.stdout)["run"])


def test_an_audit_prints_one_object(audited: Result, folder: Path) -> None:
    facts = json.loads(audited.stdout)
    assert audited.exit_code == 0 and facts["verdict"] == "passed"
    assert {**json.loads((folder / "verdict.json").read_text()), "run": str(folder)} == facts
    assert set(facts["tool"]) == {"version", "schema", "mapping"}


def test_run_json_says_who_ran_what_and_when(folder: Path) -> None:
    facts = json.loads((folder / "run.json").read_text())
    assert facts["id"] == folder.name and facts["by"] and facts["command"]
    assert facts["started"] <= facts["ended"] and "commit" in facts
    assert [*facts["stage_seconds"]] == [*NOTEBOOKS] and min(facts["stage_seconds"].values()) > 0
    page = (folder / "report.html").read_text()
    about = page.partition('id="about-section"')[2]
    assert facts["by"] in about and "What was tested" in page and "Sign-off" in page


def test_the_summary_of_the_job_is_written(folder: Path) -> None:
    said = (folder.parent.parent / "summary.md").read_text()
    assert "audit: passed" in said and "### Ledger" in said


def test_the_run_is_a_junit_report_and_a_database(folder: Path) -> None:
    root = ElementTree.parse(folder / "junit.xml").getroot()
    assert int(root.get("tests", "0")) > 30 and root.get("failures") == root.get("errors") == "0"
    connection = sqlite3.connect(folder / "run.sqlite")
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    assert tables == {"findings", "ledger", "lineage", "differences", "quarantine", "mileage"}
    assert connection.execute("SELECT sum(loaded) FROM ledger").fetchone() == (32,)
    connection.close()
    assert "junit.xml" in (folder / "report.html").read_text()


def test_a_run_does_not_differ_from_itself(folder: Path, tmp_path: Path) -> None:
    other = shutil.copytree(folder, tmp_path / folder.name)
    assert run("diff", folder, other).exit_code == 0
    lines = (other / "ledger.csv").read_text().splitlines(keepends=True)
    (other / "ledger.csv").write_text("".join(lines[:-1]))
    told = run("diff", folder, other)
    assert told.exit_code == 1 and "0 new, 1 gone, 0 changed" in told.output
    facts = json.loads(run("diff", folder, other, "--json").stdout)
    assert facts["equal"] is False and len(facts["differences"]["ledger"]["gone"]) == 1


def test_a_run_of_nothing_is_no_equal_run(folder: Path, tmp_path: Path) -> None:
    refused = json.loads(run("audit", "--source", "smaple", "--runs", tmp_path, "--json").stdout)
    assert refused["verdict"] == "error" and "smaple" in refused["found"]
    told = ElementTree.parse(Path(refused["run"]) / "junit.xml").getroot()
    assert told.get("errors") == "1"
    assert run("diff", refused["run"], refused["run"]).exit_code == 4
    assert run("diff", folder, refused["run"]).exit_code == 1
    result = run("diff", folder, tmp_path / "none", "--json")
    assert result.exit_code == 3 and json.loads(result.stdout)["verdict"] == "refused"


@pytest.mark.campaign
def test_a_signed_run_stays_signed_and_a_check_prints_one_object(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signing a whole run, then comparing its load again: the check changes no file of it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert run("sign", "--run", folder, "--by", "Li Wei", "--role", "DBA").exit_code == 0
    assert run("verify", folder, "--source", "sample").exit_code == 0
    assert run("verify", folder, "--source", "sample:traps").exit_code == 1
    checked = run("check", "--run", folder, "--json")
    assert checked.exit_code == 0 and json.loads(checked.stdout)["verdict"] == "passed"
    assert run("verify", folder).exit_code == 0
    again = run("diff", folder, json.loads(checked.stdout)["run"])
    assert again.exit_code in (0, 1) and "mileage   0 new, 0 gone, 0 changed" in again.output


def test_psql_opens_the_runs_database_and_leaves_the_run_as_it_is(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGDATABASE", "elsewhere")
    before = {path: path.read_bytes() for path in folder.glob("*.json")}
    capfd.readouterr()
    words = ("-XAtc", "SELECT count(*) FROM public.vehicles")
    assert run("psql", "--run", folder, "--", *words).exit_code == 0
    assert capfd.readouterr().out.strip() == "5"
    change = run("psql", "--run", folder, "--", "-XAtc", "DELETE FROM public.reminders")
    assert change.exit_code == 1 and "read-only transaction" in capfd.readouterr().err
    assert {path: path.read_bytes() for path in folder.glob("*.json")} == before


def test_a_deleted_cluster_is_told_and_no_empty_one_is_made(folder: Path, tmp_path: Path) -> None:
    other = shutil.copytree(folder, tmp_path / "runs" / folder.name)
    facts = json.loads((other / "run.json").read_text())
    gone = Path(facts["cluster"]).with_name("deleted-cluster")
    (other / "run.json").write_text(json.dumps({**facts, "cluster": str(gone)}))
    checked = run("check", "--run", other, "--json")
    assert checked.exit_code == 2 and "deleted" in json.loads(checked.stdout)["found"]
    told = run("psql", "--run", other)
    assert told.exit_code == 2 and "its embedded cluster" in told.output
    assert not gone.exists()
