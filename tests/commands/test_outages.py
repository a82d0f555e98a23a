"""What a system or a person does to a running command: one line and the right exit code."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import execute
from typer.testing import CliRunner

from motomind_nb import jupyter, postgres, runs, stages
from motomind_nb.cli import app
from motomind_nb.core import allow_enough_files, error_of_system, no_progress
from motomind_nb.jupyter import headless
from motomind_nb.runs import NOTEBOOKS, Run

COMMAND = [sys.executable, "-m", "motomind_nb"]
NOBODYS = 54321  # an id that no list of users has
ROOT = os.geteuid() == 0


def started(folder: Path, *words: str, **variables: str) -> subprocess.Popen[str]:
    """Start an audit of the sample in a folder."""
    command = [*COMMAND, "audit", "--source", "sample", "--runs", "runs", *words]
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def verdict_of(folder: Path) -> dict[str, str]:
    """What the only run below a folder says, nothing before it says anything."""
    found = list(folder.glob("runs/*/verdict.json"))
    return json.loads(found[0].read_text()) if found else {}


def wait_until(condition: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait for a condition while a process runs."""
    end = time.monotonic() + 240
    while not condition():
        assert process.poll() is None and time.monotonic() < end, process.communicate()[0]
        time.sleep(0.05)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can reach."""
    with tempfile.TemporaryDirectory(prefix="motomind-test-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.campaign(every=3)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_in_the_middle_is_an_error_in_code_and_verdict(
    number: signal.Signals, tmp_path: Path
) -> None:
    process = started(tmp_path)
    wait_until(lambda: list(tmp_path.glob("runs/*/stages/01_profile.json")), process)
    process.send_signal(number)
    said, _ = process.communicate(timeout=60)
    facts = verdict_of(tmp_path)
    assert (process.returncode, facts["verdict"]) == (2, "error"), said
    assert "interruption" in facts["found"] and "Traceback" not in said
    assert not list(tmp_path.glob("runs/*/motomind.log"))
    remove_cluster(tmp_path)


SLOW_VIEW = """
DO $$ BEGIN EXECUTE format(
    'CREATE OR REPLACE VIEW public.fleet_overview AS SELECT o.* FROM (%s) AS o, (%s) AS s',
    rtrim(pg_get_viewdef('public.fleet_overview'), ';'), 'SELECT pg_sleep(600)'
); END $$
"""
ASLEEP = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event = 'PgSleep'
"""


def test_the_statements_of_a_killed_audit_end_with_it(sample_database: str, tmp_path: Path) -> None:
    """The command is killed, the statement is that of a kernel, forked by another process."""
    execute(sample_database, SLOW_VIEW)
    process = started(tmp_path, "--source", "env:DEPOT", DEPOT=sample_database)
    with postgres.connect(sample_database, autocommit=True) as connection:
        wait_until(lambda: postgres.value(connection, ASLEEP), process)
        process.kill()
        process.communicate()
        end = time.monotonic() + 2.5  # half a second between two looks, on a busy machine
        while postgres.value(connection, ASLEEP):
            assert time.monotonic() < end, "the statement goes on"
            time.sleep(0.02)
    assert verdict_of(tmp_path)["verdict"] == "error"
    remove_cluster(tmp_path)


def remove_cluster(folder: Path) -> None:
    """Remove the cluster of the run below a folder."""
    for path in folder.glob("runs/*/run.json"):
        if cluster := json.loads(path.read_text()).get("cluster"):
            shutil.rmtree(cluster, ignore_errors=True)


@pytest.mark.campaign
def test_odd_folders_files_and_a_wide_umask_change_nothing(open_folder: Path) -> None:
    """Braces in the path, a relative MOTOMIND_HOME, a byte order mark, a matplotlibrc.

    And personal values are shown where they are asked for.
    """
    (open_folder / "matplotlibrc").write_text("text.usetex: True\nfont.size: 90\n")
    accepted = '[[accepted]]\ncheck = "x"\nsubject = "y"\nrows = 1\n'
    accepted += f'digest = "{"0" * 64}"\nreason = "z"\nby = "a"\nuntil = 2099-12-31\n'
    (open_folder / "accept.toml").write_bytes(b"\xef\xbb\xbf" + accepted.encode())
    before = os.umask(0)
    try:
        words = ("--runs", "kept/{year}", "--accept", "accept.toml", "--show-personal")
        process = started(open_folder, *words, MOTOMIND_HOME="clusters of mine")
        said, _ = process.communicate()
    finally:
        os.umask(before)
    assert process.returncode == 0, said
    (folder,) = (open_folder / "kept" / "{year}").iterdir()
    cluster = json.loads((folder / "run.json").read_text())["cluster"]
    assert Path(cluster).parent.parent == open_folder / "clusters of mine"
    for path in (folder, *folder.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    assert not (folder / "motomind.log").exists()
    assert "alex@example.com" in (folder / "notebooks" / "01_profile.ipynb").read_text()
    assert "alex@example.com" not in jupyter.notebook_path("01_profile").read_text()
    # from any other folder, and without the variable
    done = subprocess.run(
        [*COMMAND, "check", "--run", str(folder), "--show-personal"],
        cwd="/",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_bug_leaves_its_traceback_in_the_log_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(_begun: Run) -> None:
        raise RuntimeError("password=hunter2 broke")

    monkeypatch.setattr(stages, "prepare_run", prepare)
    words = ["audit", "--source", "sample", "--runs", str(tmp_path / "runs")]
    result = CliRunner().invoke(app, words)
    facts = verdict_of(tmp_path)
    (log,) = tmp_path.glob("runs/*/motomind.log")
    assert result.exit_code == 2 and "motomind.log" in facts["action"]
    assert str(log) in result.output.replace("\n", "") or log.name in result.output
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "RuntimeError" in log.read_text() and "hunter2" not in log.read_text()


@pytest.fixture
def other_target() -> Iterator[tuple[postgres.Server, str]]:
    """A server of its own, and the connection string of an empty database there."""
    server = postgres.start_server()
    yield server, server.new_database("depot")
    server.stop()


def test_a_target_that_stops_in_the_middle_is_an_outage_and_no_bug(
    other_target: tuple[postgres.Server, str], tmp_path: Path
) -> None:
    server, conninfo = other_target
    process = started(tmp_path, "--target", "env:DEPOT", DEPOT=conninfo)
    wait_until(lambda: list(tmp_path.glob("runs/*/stages/02_rebuild.json")), process)
    server.stop()
    said, _ = process.communicate()
    facts = verdict_of(tmp_path)
    assert (process.returncode, facts["verdict"]) == (2, "error"), said
    assert "bug" not in facts["action"] and "Traceback" not in said


def test_a_refusal_after_the_first_write_is_an_error(
    run_before: Callable[[str], Run], tmp_path: Path
) -> None:
    run = run_before("02_rebuild")
    with run.connect() as connection:
        connection.execute("CREATE TABLE public.vehicles (id integer)")
    options = headless.Options(tmp_path)
    work = headless.Work(run, lambda _begun: None, NOTEBOOKS[1:], options)
    facts = headless.run_and_always_report(work, no_progress).facts
    assert facts["verdict"] == "error", facts
    assert "bug" not in facts["action"]


def test_a_full_disk_is_named_with_its_cause() -> None:
    with pytest.raises(OSError) as full, Path("/dev/full").open("w") as file:
        file.write("x" * 100_000)
    found = error_of_system(OSError(full.value.errno, full.value.strerror, "/dev/full"))
    assert found is not None and found.exit_code == 2 and found.subject == "/dev/full"
    assert "No space left" in found.found and "MOTOMIND_HOME" in found.action
    assert error_of_system(ValueError("x")) is None


def test_what_is_in_the_run_folder_is_named_without_it(tmp_path: Path) -> None:
    error = OSError(28, "No space left on device", str(tmp_path / "report.html"))
    found = runs.as_motomind_error(error, tmp_path)
    assert found.subject == "report.html" and str(tmp_path) not in str(found)


def test_too_few_open_files_are_one_line_that_says_how_many(tmp_path: Path) -> None:
    script = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40));"
    script += "from motomind_nb.cli import main; main()"
    words = ["audit", "--source", "sample", "--runs", "runs"]
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    facts = verdict_of(tmp_path)
    assert done.returncode == 2 and facts["object"] == "open files", done.stdout + done.stderr
    assert "ulimit -n" in facts["action"] and "40" in facts["found"]
    allow_enough_files()  # this process has enough


def as_user(number: int, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run an audit as a user by number, in a folder that is theirs."""
    os.chown(folder, number, number)
    python = next(
        (path for path in (f"/usr/bin/python3.{sys.version_info.minor}",) if Path(path).exists()),
        "",
    )
    if not python:
        pytest.skip("no Python that another user may run")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    done = subprocess.run(
        [python, "-m", "motomind_nb", "audit", "--source", "sample", "--runs", "runs"],
        user=number,
        group=number,
        extra_groups=[],
        cwd=folder,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    if "ModuleNotFoundError" in done.stderr or "No module named" in done.stderr:
        pytest.skip("this checkout can't be read by another user")
    return done


@pytest.mark.skipif(not ROOT, reason="only root can become another user")
@pytest.mark.parametrize("variables", [{}, {"HOME": "/root"}, {"MOTOMIND_HOME": "here"}], ids=str)
def test_a_user_without_an_entry_is_told_what_is_missing(
    variables: dict[str, str], open_folder: Path
) -> None:
    done = as_user(NOBODYS, open_folder, **variables)
    facts = verdict_of(open_folder)
    assert done.returncode == 2, done.stderr
    assert "MOTOMIND_HOME" in str(facts) and "bug" not in str(facts)
    assert str(NOBODYS) in facts["found"] or "denied" in facts["found"]


@pytest.mark.skipif(not ROOT, reason="only root can become another user")
def test_a_home_that_cannot_be_written_is_named(open_folder: Path) -> None:
    import pwd

    done = as_user(pwd.getpwnam("nobody").pw_uid, open_folder, HOME="/nonexistent")
    facts = verdict_of(open_folder)
    assert done.returncode == 2 and "/nonexistent" in facts["object"], done.stdout + done.stderr
    assert "MOTOMIND_HOME" in facts["action"] and facts["found"] == "Permission denied"


@pytest.mark.skipif(not (ROOT and shutil.which("setpriv")), reason="needs root and setpriv")
def test_root_without_its_capabilities_is_told_which(tmp_path: Path) -> None:
    command = ["setpriv", "--inh-caps=-all", "--bounding-set=-all", *COMMAND]
    done = subprocess.run(
        [*command, "audit", "--source", "sample", "--runs", "runs"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    facts = verdict_of(tmp_path)
    assert done.returncode == 2 and facts["object"] == "embedded server", done.stderr
    assert "CHOWN" in facts["action"] and "bug" not in str(facts)
