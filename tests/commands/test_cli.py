"""The command line as a user meets it: one clear line and the right exit code for bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from motomind_nb import stages
from motomind_nb.cli import app
from motomind_nb.postgres import connect, rows
from motomind_nb.runs import Named, Run, Sample

LEFT_BEHIND = """
SELECT count(*) AS relations FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'legacy', 'private', 'audit')
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def verdict_in(folder: Path) -> dict[str, object]:
    (path,) = folder.glob("*/verdict.json")
    facts: dict[str, object] = json.loads(path.read_text())
    return facts


def refused(result: Result, folder: Path, code: int) -> dict[str, object]:
    """What verdict.json says of a run that was to end with this exit code."""
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    facts = verdict_in(folder)
    assert all(facts[name] for name in ("object", "expected", "found", "action"))
    assert str(facts["action"]) in " ".join(result.output.split())
    return facts


def test_help_names_every_command_and_every_exit_code() -> None:
    said = run("--help").output
    for word in ("audit", "check", "backup", "sample", "lab", "maintain", "erase", "refused"):
        assert word in said


@pytest.mark.parametrize(
    "command", ["audit", "check", "backup", "sample", "lab", "maintain", "erase"]
)
def test_every_command_has_help(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0 and "--help" in result.output and len(result.output) > 200


def test_python_dash_m_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "motomind_nb", "--help"], capture_output=True, text=True, check=True
    )
    assert "audit" in done.stdout


def test_an_unknown_source_is_an_error(tmp_path: Path) -> None:
    facts = refused(run("audit", "--source", "smaple", "--runs", tmp_path), tmp_path, 2)
    assert facts["verdict"] == "error" and "smaple" in str(facts["found"])


def test_an_empty_source_is_an_error_and_not_the_current_folder(tmp_path: Path) -> None:
    facts = refused(run("audit", "--source", "", "--runs", tmp_path), tmp_path, 2)
    assert facts["object"] == "source" and facts["found"] == "''"


def test_a_connection_string_on_the_command_line_is_refused_without_repeating_it(
    tmp_path: Path,
) -> None:
    secret = "postgresql://me:hunter2@db.example.com/postgres"
    result = run("audit", "--source", secret, "--runs", tmp_path)
    facts = refused(result, tmp_path, 2)
    assert "env:VARIABLE" in str(facts["action"])
    stored = "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert "hunter2" not in result.output + stored


def test_a_variable_that_is_not_set_is_named(tmp_path: Path) -> None:
    facts = refused(run("audit", "--source", "env:NO_SUCH", "--runs", tmp_path), tmp_path, 2)
    assert facts["object"] == "env:NO_SUCH"


@pytest.mark.parametrize(
    "url", ["postgresql://u:pa/hunter2@db.example.invalid/x", "postgresql://u:pa@hunter2@db/x"]
)
def test_a_password_that_libpq_takes_for_another_part_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("LEGACY", url)
    result = run("audit", "--source", "env:LEGACY", "--runs", tmp_path)
    assert result.exit_code == 2 and "%2F for /" in result.output.replace("\n", " ")
    stored = "".join(path.read_text() for path in tmp_path.rglob("*.*") if path.is_file())
    assert "hunter2" not in result.output + stored


def test_a_connection_string_of_any_scheme_is_not_repeated(tmp_path: Path) -> None:
    result = run("audit", "--source", "mysql://u:hunter2@h/db", "--runs", tmp_path)
    stored = "".join(path.read_text() for path in tmp_path.rglob("*.*") if path.is_file())
    assert result.exit_code == 2 and "hunter2" not in result.output + stored


def test_an_unreachable_server_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGACY", "postgresql://reader:hunter2@127.0.0.1:1/postgres")
    result = run("audit", "--source", "env:LEGACY", "--runs", tmp_path)
    facts = refused(result, tmp_path, 2)
    assert "answers" in str(facts["expected"]) and "hunter2" not in result.output


def test_a_database_that_is_not_motominds_is_refused_with_what_it_lacks(
    tmp_path: Path, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGACY", empty_database)
    facts = refused(run("audit", "--source", "env:LEGACY", "--runs", tmp_path), tmp_path, 3)
    for name in ("tenants", "vehicle_events", "fuel_logs", "memberships", "fleet_overview"):
        assert name in str(facts["found"])


def test_a_pdf_without_chromium_is_told_first_and_changes_no_exit_code(
    tmp_path: Path, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGACY", empty_database)
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run("audit", "--source", "env:LEGACY", "--pdf", "--runs", tmp_path / "runs")
    refused(result, tmp_path / "runs", 3)
    first, last = "--pdf: expected Chromium, found none", "report.pdf: expected a printed report"
    assert result.stderr.startswith(first)
    assert last in result.stderr
    assert not list(tmp_path.rglob("report.pdf"))


def test_a_target_that_is_the_source_is_refused(
    tmp_path: Path, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGACY", empty_database)
    monkeypatch.setenv("TARGET", empty_database + " application_name=other")
    words = ("audit", "--source", "env:LEGACY", "--target", "env:TARGET", "--runs", tmp_path)
    facts = refused(run(*words), tmp_path, 3)
    assert "the source itself" in str(facts["found"])


def test_a_target_that_is_not_empty_is_refused_and_left_alone(
    tmp_path: Path, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TARGET", empty_database)
    with connect(empty_database) as connection:
        connection.execute("CREATE TABLE public.mine (id integer)")
        before = rows(connection, LEFT_BEHIND)
    words = ("audit", "--source", "sample", "--target", "env:TARGET", "--runs", tmp_path)
    facts = refused(run(*words), tmp_path, 3)
    assert "public 1" in str(facts["found"])
    with connect(empty_database) as connection:
        assert rows(connection, LEFT_BEHIND) == before


@pytest.mark.campaign(every=4)
@pytest.mark.parametrize(
    "content", [b"", b'{"timestamp": "2025-01-01", "tenants": [{"id"', b"\x00"]
)
def test_an_empty_or_truncated_backup_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "backup.json"
    path.write_bytes(content)
    facts = refused(
        run("audit", "--source", path, "--runs", tmp_path / "runs"), tmp_path / "runs", 3
    )
    assert facts["verdict"] == "refused"


def test_a_folder_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    words = ("audit", "--source", tmp_path / "folder", "--runs", tmp_path / "runs")
    refused(run(*words), tmp_path / "runs", 3)


def test_a_bad_accept_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    path.write_text("[[accepted]]\ncheck = 1\n")
    words = ("audit", "--source", "sample", "--accept", path, "--runs", tmp_path / "runs")
    refused(run(*words), tmp_path / "runs", 2)


def test_check_of_no_run_is_refused(tmp_path: Path) -> None:
    result = run("check", "--run", tmp_path / "nothing")
    assert result.exit_code == 3 and "run.json" in result.output


@pytest.mark.parametrize("content", ["{", "[1]", '{"source": 1}', '{"source": "sample"}', "\\xff"])
def test_check_of_a_damaged_run_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "run.json").write_text(content)
    result = run("check", "--run", tmp_path)
    assert result.exit_code == 3 and "damaged" in result.output
    assert result.output.count("\n") == 1


def test_check_of_a_target_without_a_load_is_refused(
    tmp_path: Path, sample_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTHER", sample_database)
    checked = Run(tmp_path / "one", Sample("sample"), Named("env:OTHER"))
    checked.note(source="sample", target="env:OTHER", database_name="target")
    checked.complete("02_rebuild")
    result = run("check", "--run", checked.folder)
    facts = refused(result, tmp_path, 3)
    assert facts["object"] == "target env:OTHER" and facts["found"] == "no load"


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), RuntimeError("password=hunter2 broke")])
def test_what_no_stage_foresaw_leaves_a_verdict_and_no_traceback(
    raised: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(begun: Run) -> None:
        before = json.loads((begun.folder / "verdict.json").read_text())
        assert before["verdict"] == "error" and "killed" in before["found"]
        raise raised

    monkeypatch.setattr(stages, "prepare_run", prepare)
    result = run("audit", "--source", "sample", "--runs", tmp_path)
    facts = refused(result, tmp_path, 2)
    assert facts["verdict"] == "error" and "hunter2" not in result.output + str(facts)


def test_a_report_that_cannot_be_written_is_an_error_in_the_verdict_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish(begun: Run, _facts: object, **_wanted: bool) -> None:
        raise OSError(28, "No space left on device", str(begun.folder / "report.html"))

    monkeypatch.setattr(stages, "write_pages", publish)
    facts = refused(run("audit", "--source", "smaple", "--runs", tmp_path), tmp_path, 2)
    assert "No space left" in str(facts["found"]) and str(tmp_path) not in str(facts)


def test_sample_refuses_a_database_that_is_not_empty(
    sample_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FILLED", sample_database)
    result = run("sample", "--target", "env:FILLED", "--truth", tmp_path / "truth.csv")
    assert result.exit_code == 3 and not (tmp_path / "truth.csv").exists()


def test_a_truth_file_in_no_folder_is_one_line_and_an_error(
    empty_database: str, tmp_path: Path
) -> None:
    words = ["sample", "--target", "env:EMPTY", "--truth", str(tmp_path / "no" / "truth.csv")]
    done = subprocess.run(
        [sys.executable, "-m", "motomind_nb", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "EMPTY": empty_database},
    )
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "truth.csv" in done.stderr
    with connect(empty_database) as connection:
        assert rows(connection, LEFT_BEHIND) == [{"relations": 0}]


def test_a_missing_accept_file_is_named_without_its_folders(tmp_path: Path) -> None:
    words = ("audit", "--source", "sample", "--accept", tmp_path / "a.toml", "--runs", tmp_path)
    facts = refused(run(*words), tmp_path, 2)
    assert facts["object"] == "a.toml" and str(tmp_path) not in str(facts)


def test_sample_fills_an_empty_database(
    empty_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EMPTY", empty_database)
    result = run(
        "sample",
        "--vehicles",
        5,
        "--events",
        500,
        "--seed",
        3,
        "--target",
        "env:EMPTY",
        "--truth",
        tmp_path / "truth.csv",
    )
    assert result.exit_code == 0, result.output
    with connect(empty_database) as connection:
        counted = rows(
            connection,
            "SELECT (SELECT count(*) FROM vehicle_events)"
            " + (SELECT count(*) FROM odometer_readings)"
            " + (SELECT count(*) FROM fuel_logs)"
            " + (SELECT count(*) FROM service_records) AS events",
        )
    assert counted == [{"events": 500}]
    assert (tmp_path / "truth.csv").stat().st_size > 0


def test_backup_asks_for_the_folder_of_a_json_file_before_it_works(tmp_path: Path) -> None:
    to = tmp_path / "none" / "backup.json"
    result = run("backup", "--source", "sample", "--to", to, "--format", "json")
    assert result.exit_code == 2 and result.output.count("\n") == 1
    assert f"found no folder {to.parent}; make it" in result.output


def test_backup_takes_a_folder_and_the_original_shape(tmp_path: Path) -> None:
    result = run("backup", "--source", "sample", "--to", tmp_path / "backup")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "backup" / "manifest.json").exists()
    result = run("backup", "--source", "sample", "--to", tmp_path / "b.json", "--format", "json")
    assert result.exit_code == 0, result.output
    assert len(json.loads((tmp_path / "b.json").read_text())["legacy_events"]["fuel_logs"]) == 2
    assert run("backup", "--source", "sample", "--to", tmp_path / "backup").exit_code == 3


def test_maintain_refuses_what_is_not_rebuilt(
    empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMPTY", empty_database)
    result = run("maintain", "--target", "env:EMPTY")
    assert result.exit_code == 3 and "rebuilt schema" in result.output


def test_erase_refuses_a_legacy_database(
    sample_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGACY", sample_database)
    tenant = "10000000-0000-4000-8000-000000000001"
    words = ("erase", "--tenant", tenant, "--yes", "x", "--reason", "y", "--target", "env:LEGACY")
    result = run(*words)
    assert result.exit_code == 3 and "no rebuilt schema here" in result.output
