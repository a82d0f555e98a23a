"""The whole audit, headless: verdicts, exit codes, same bytes, no secrets, checks again."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from motomind_nb import database, headless, sample
from motomind_nb import server as servers
from motomind_nb.console import Outcome
from motomind_nb.errors import EXIT_CODES
from motomind_nb.progress import quiet

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
REAL_LOGS = Path(__file__).resolve().parents[2] / "shared/data/real-logs/backup-1758888000000.json"
FILES = ("report.html", "verdict.json", "run.json", "findings.csv", "ledger.csv", "mileage.csv")


def audit(source: str, folder: Path, target: str = "") -> Outcome:
    return headless.audit(source, target, headless.Options(folder), quiet)


def what_the_input_determines(folder: Path) -> dict[str, bytes]:
    """Every byte of a run folder that two runs must share: verdict, CSVs, notebooks."""
    chosen = [folder / "verdict.json", *folder.glob("*.csv"), *folder.glob("notebooks/*.ipynb")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(chosen)}


@pytest.fixture(scope="module")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return audit("sample", tmp_path_factory.mktemp("sample"))


def test_the_sample_passes_with_warnings(sample_run: Outcome) -> None:
    facts = sample_run.facts
    assert facts["verdict"] == "passed", facts
    assert facts["objects"] == 35
    assert facts["checks"]["warn"] > 0 and facts["checks"]["fail"] == 0
    rows = facts["rows"]
    assert rows["quarantined"] == 0
    assert rows["source"] == rows["loaded"] + rows["archived"]
    assert facts["mileage"]["different"] == 0
    assert facts["source"] == "sample"


def test_the_report_says_with_which_parameters_it_was_made(sample_run: Outcome) -> None:
    facts = json.loads((sample_run.folder / "run.json").read_text())["parameters"]
    assert facts["01_profile"]["show_personal"] is False
    assert facts["01_profile"]["sample_rows"] == 1000
    assert facts["04_mileage"]["tolerance_miles"] > 0
    page = (sample_run.folder / "report.html").read_text()
    assert "show_personal False" in page and "tolerance_miles" in page


def test_the_run_folder_is_complete(sample_run: Outcome) -> None:
    names = {path.name for path in sample_run.folder.iterdir()}
    assert set(FILES) <= names
    assert len(list(sample_run.folder.glob("notebooks/*.ipynb"))) == 6
    assert len(list(sample_run.folder.glob("notebooks/*.html"))) == 6
    assert (sample_run.folder / "backup" / "manifest.json").exists()
    assert (sample_run.folder / "report.html").stat().st_size < 5_000_000


def test_fifteen_events_are_loaded(sample_run: Outcome) -> None:
    lines = (sample_run.folder / "ledger.csv").read_text().splitlines()
    ledger = {line.split(",")[0]: line.split(",") for line in lines[1:]}
    header = lines[0].split(",")
    loaded = header.index("loaded")
    names = ("vehicle_events", "odometer_readings", "fuel_logs", "service_records")
    assert sum(int(ledger[name][loaded]) for name in names) == 15


def test_the_same_source_gives_the_same_bytes(sample_run: Outcome, tmp_path: Path) -> None:
    again = audit("sample", tmp_path)
    assert what_the_input_determines(again.folder) == what_the_input_determines(sample_run.folder)


@pytest.mark.skipif(not DEBIAN_15.exists(), reason="Debian's PostgreSQL 15 is not installed")
def test_another_server_version_gives_the_same_bytes(
    sample_run: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTOMIND_POSTGRES_BIN", str(DEBIAN_15))
    other = audit("sample", tmp_path)
    assert json.loads((other.folder / "run.json").read_text())["server"].startswith("15")
    assert what_the_input_determines(other.folder) == what_the_input_determines(sample_run.folder)


def test_a_finished_load_is_checked_again_as_a_new_run(sample_run: Outcome) -> None:
    checked = headless.check(
        sample_run.folder, "", headless.Options(sample_run.folder.parent), quiet
    )
    assert checked.folder != sample_run.folder
    for name in ("verdict", "source", "input", "objects", "rows", "mileage"):
        assert checked.facts[name] == sample_run.facts[name]
    assert checked.facts["checks"]["ok"] > 100 and checked.facts["checks"]["fail"] == 0
    assert sorted(path.stem for path in checked.folder.glob("notebooks/*.ipynb")) == [
        "03_row_counts", "04_mileage", "05_architecture", "06_report",
    ]  # fmt: skip


def test_the_backup_of_a_run_is_a_source(sample_run: Outcome, tmp_path: Path) -> None:
    again = audit(str(sample_run.folder / "backup"), tmp_path)
    assert again.facts["verdict"] == "passed"
    assert again.facts["rows"] == sample_run.facts["rows"]
    assert again.facts["input"] == sample_run.facts["input"]


@pytest.fixture(scope="module")
def traps_run(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return audit("sample:traps", tmp_path_factory.mktemp("traps"))


def test_the_traps_fail(traps_run: Outcome) -> None:
    assert traps_run.facts["verdict"] == "failed"
    assert EXIT_CODES[traps_run.facts["verdict"]] == 1
    assert traps_run.facts["rows"]["quarantined"] > 0
    rows = traps_run.facts["rows"]
    assert rows["source"] == rows["loaded"] + rows["quarantined"] + rows["archived"]
    assert len(list(traps_run.folder.glob("notebooks/*.ipynb"))) == 6


def test_unmapped_values_are_refused_and_all_named(tmp_path: Path) -> None:
    outcome = audit("sample:unmapped", tmp_path)
    assert outcome.facts["verdict"] == "refused"
    assert outcome.facts["found"].count(";") >= 2, outcome.facts["found"]
    assert (outcome.folder / "report.html").exists()
    assert (outcome.folder / "notebooks" / "01_profile.ipynb").exists(), "the evidence is kept"


@pytest.mark.skipif(not REAL_LOGS.exists(), reason="the real logs are not beside this checkout")
def test_the_real_logs_pass_with_warnings(tmp_path: Path) -> None:
    outcome = audit(str(REAL_LOGS), tmp_path)
    facts = outcome.facts
    assert facts["verdict"] == "passed", facts
    assert facts["rows"]["quarantined"] == 0 and facts["mileage"]["different"] == 0
    assert facts["rows"]["source"] == 1489
    found = (outcome.folder / "findings.csv").read_text()
    assert "memberships" in found and "absent" in found


def test_a_named_target_holds_the_rebuilt_database(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TARGET", empty_database)
    outcome = audit("sample", tmp_path, "env:TARGET")
    assert outcome.facts["verdict"] == "passed"
    with database.connect(empty_database) as connection:
        assert database.value(connection, "SELECT count(*) FROM public.vehicle_events") == 15
    again = audit("sample", tmp_path / "again", "env:TARGET")
    assert again.facts["verdict"] == "refused"


@pytest.fixture
def guarded() -> Iterator[tuple[str, str]]:
    """A source and a target behind a password: their connection strings."""
    password = "tr0ub4dor-and-3"
    with servers.running() as other:
        source, target = other.new_database("legacy"), other.new_database("rebuilt")
        with database.connect(source) as connection:
            sample.create(connection, "sample")
        yield f"{source} password={password}", f"{target} password={password}"


def test_secrets_reach_no_file_and_no_command_line(
    guarded: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGACY", guarded[0])
    monkeypatch.setenv("REBUILT", guarded[1])
    words = [sys.executable, "-m", "motomind_nb", "audit", "--source", "env:LEGACY",
             "--target", "env:REBUILT", "--runs", str(tmp_path)]  # fmt: skip
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    seen: list[str] = []
    watcher = threading.Thread(target=watch_command_lines, args=(process, seen))
    watcher.start()
    said, _ = process.communicate()
    watcher.join()
    assert process.returncode == 0, said
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"tr0ub4dor" not in held
    assert "tr0ub4dor" not in said + "".join(seen)
    assert len(seen) > 10, "the process list was looked at"


def test_the_rights_of_the_role_that_reads_are_no_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with servers.running() as other:
        source = other.new_database("legacy")
        with database.connect(source) as connection:
            sample.create(connection, "sample")
            connection.execute("CREATE ROLE reader LOGIN BYPASSRLS")
            connection.execute("GRANT USAGE ON SCHEMA public TO reader")
            connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        monkeypatch.setenv("LEGACY", source.replace("user=postgres", "user=reader"))
        outcome = audit("env:LEGACY", tmp_path)
    assert outcome.facts["verdict"] == "passed", outcome.facts
    assert (
        "rights of the role that took the backup" in (outcome.folder / "findings.csv").read_text()
    )


def test_a_refused_run_leaves_no_cluster(tmp_path: Path) -> None:
    outcome = audit("sample:unmapped", tmp_path)
    assert not Path(json.loads((outcome.folder / "run.json").read_text())["cluster"]).exists()


def watch_command_lines(process: subprocess.Popen[str], seen: list[str]) -> None:
    """Collect the command lines of all processes while one runs."""
    while process.poll() is None:
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                seen.append(path.read_bytes().decode(errors="replace"))
            except OSError:
                continue
        time.sleep(0.2)


def test_no_server_is_left_running(sample_run: Outcome) -> None:
    cluster = json.loads((sample_run.folder / "run.json").read_text())["cluster"]
    assert not (Path(cluster) / "postmaster.pid").exists()
    assert Path(cluster).is_dir()


def processes_with(mark: str) -> dict[int, str]:
    """The processes whose environment holds a mark, with their command lines."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark.encode() in (place / "environ").read_bytes():
                found[int(place.name)] = (place / "cmdline").read_text().replace("\0", " ")
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")
def test_a_killed_audit_leaves_no_process_and_no_temporary_folder(tmp_path: Path) -> None:
    """A kill that nobody can catch, between two notebooks."""
    mark = f"{tmp_path}/mark"
    audit = subprocess.Popen(
        [sys.executable, "-m", "motomind_nb", "audit", "--source", "sample",
         "--runs", str(tmp_path / "runs")],
        env={**os.environ, "MARK": mark}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob("runs/*/stages/01_profile.json")):
        assert audit.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    running = " ".join(processes_with(mark).values())
    places = {Path(found) for found in re.findall(r"/tmp/motomind-[\w-]+", running)}
    assert places and all(place.exists() for place in places)
    audit.kill()
    audit.wait()
    while processes_with(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_with(mark) == {}
    assert [place for place in places if place.exists()] == []
    (run,) = tmp_path.glob("runs/*/run.json")
    shutil.rmtree(json.loads(run.read_text())["cluster"])
