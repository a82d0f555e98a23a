"""The workflow that others call: its inputs, its permissions, and the step that audits."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
PATH = ROOT / ".github" / "workflows" / "audit-database.yml"


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(PATH.read_text())
    return found


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workflow["jobs"]["audit"]["steps"]
    return found


def test_the_readme_calls_it_with_inputs_that_it_has(workflow: dict[Any, Any]) -> None:
    called = workflow[True]["workflow_call"]  # YAML reads the key on as true
    readme = (ROOT / "README.md").read_text().partition("## In your CI")[2]
    block = readme.partition("```yaml\n")[2].partition("```")[0]
    job = yaml.safe_load(block)["jobs"]["audit"]
    assert job["uses"].partition("@")[0].endswith(f"/.github/workflows/{PATH.name}")
    assert set(job["with"]) <= set(called["inputs"])
    assert {name for name, item in called["inputs"].items() if item.get("required")} <= set(
        job["with"]
    )
    assert set(job["secrets"]) <= set(called["secrets"])


def test_it_may_only_read_and_no_input_is_part_of_a_command(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []


def test_rows_and_backup_stay_on_the_runner(workflow: dict[Any, Any]) -> None:
    (kept,) = (step["with"]["path"] for step in steps(workflow) if "upload" in step.get("uses", ""))
    for word in ("backup", "lineage", "quarantine", "sqlite", "notebooks", "evidence", "**"):
        assert word not in kept
    assert "runs/\n" not in kept


@pytest.mark.parametrize("accept", ["", "kabul edilen.toml"])
def test_the_step_audits_and_keeps_one_object(
    workflow: dict[Any, Any], tmp_path: Path, accept: str
) -> None:
    """The step's own text in a shell; the accept file, whose name has a blank, is missing."""
    program = tmp_path / "bin" / "motomind"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m motomind_nb "$@"\n')
    program.chmod(0o755)
    (text,) = (step["run"] for step in steps(workflow) if step.get("name") == "audit")
    environment = {
        **os.environ,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "FROM": "sample" if accept else "env:NO_SUCH",
        "ACCEPT": accept,
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }
    words = ["bash", "-e", "-c", text]
    done = subprocess.run(
        words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    facts = json.loads((tmp_path / "verdict.json").read_text())
    assert facts["verdict"] == "error" and Path(facts["run"]).parent == tmp_path / "runs"
    assert (accept or "env:NO_SUCH") in facts["object"] + facts["found"] + facts["expected"]
    assert "::error title=error" in done.stderr
    assert "audit: error" in (tmp_path / "summary.md").read_text()


def test_actions_of_others_are_named_by_their_commit() -> None:
    files = sorted(PATH.parent.glob("*.yml"))
    used = [line for path in files for line in path.read_text().splitlines() if "uses:" in line]
    assert len(files) == 3 and len(used) > 8
    named = re.compile(r"\s*- uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in used if not named.fullmatch(line)] == []


def test_the_matrix_has_every_server_and_two_versions_of_python() -> None:
    jobs = yaml.safe_load((PATH.parent / "audit.yml").read_text())["jobs"]
    matrix = jobs["audit"]["strategy"]["matrix"]
    pairs = {(one["postgres"], one["python"]) for one in matrix["include"]}
    pairs |= {(server, python) for server in matrix["postgres"] for python in matrix["python"]}
    assert {server for server, _ in pairs} == {"15", "16", "17", "18"}
    assert {python for _, python in pairs} == {"3.11", "3.13"}
    assert any("macos" in str(job["runs-on"]) for job in jobs.values())
