"""The whole audit between named servers: no secret told; killed, it leaves nothing running."""

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
from audits import audit

from motomind_nb import legacy, postgres


@pytest.mark.campaign
def test_a_named_target_holds_the_rebuilt_database(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TARGET", empty_database)
    outcome = audit("sample", tmp_path, "env:TARGET")
    assert outcome.facts["verdict"] == "passed"
    with postgres.connect(empty_database) as connection:
        assert postgres.value(connection, "SELECT count(*) FROM public.vehicle_events") == 15
    again = audit("sample", tmp_path / "again", "env:TARGET")
    assert again.facts["verdict"] == "refused"


@pytest.fixture
def guarded() -> Iterator[tuple[str, str]]:
    """A source and a target behind a password: their connection strings."""
    password = "tr0ub4dor-and-3"
    with postgres.embedded_server() as other:
        source, target = other.new_database("legacy"), other.new_database("rebuilt")
        with postgres.connect(source) as connection:
            legacy.create_sample(connection, "sample")
        yield f"{source} password={password}", f"{target} password={password}"


def watch_command_lines(process: subprocess.Popen[str], seen: list[str]) -> None:
    """Collect the command lines of all processes while one runs."""
    while process.poll() is None:
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                seen.append(path.read_bytes().decode(errors="replace"))
            except OSError:
                continue
        time.sleep(0.2)


def test_secrets_reach_no_file_and_no_command_line(
    guarded: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGACY", guarded[0])
    monkeypatch.setenv("REBUILT", guarded[1])
    words = [
        sys.executable,
        "-m",
        "motomind_nb",
        "audit",
        "--source",
        "env:LEGACY",
        "--target",
        "env:REBUILT",
        "--runs",
        str(tmp_path),
    ]
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


@pytest.mark.campaign
def test_the_rights_of_the_role_that_reads_are_no_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres.embedded_server() as other:
        source = other.new_database("legacy")
        with postgres.connect(source) as connection:
            legacy.create_sample(connection, "sample")
            connection.execute("CREATE ROLE reader LOGIN BYPASSRLS")
            connection.execute("GRANT USAGE ON SCHEMA public TO reader")
            connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        monkeypatch.setenv("LEGACY", source.replace("user=postgres", "user=reader"))
        outcome = audit("env:LEGACY", tmp_path)
    assert outcome.facts["verdict"] == "passed", outcome.facts
    assert (
        "a right of the role that took the backup" in (outcome.folder / "findings.csv").read_text()
    )


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
        [
            sys.executable,
            "-m",
            "motomind_nb",
            "audit",
            "--source",
            "sample",
            "--runs",
            str(tmp_path / "runs"),
        ],
        env={**os.environ, "MARK": mark},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
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
