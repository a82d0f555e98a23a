"""What made a run: the same files give the same facts; no secret and no folder in the command."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from motomind_nb import provenance
from motomind_nb.core import PACKAGE, resources
from motomind_nb.provenance import circumstances


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the files that ship, which a test may change."""
    schema = shutil.copytree(resources.packaged_folder("schema"), tmp_path / "schema")
    for name in ("legacy", "load/sql"):
        shutil.copytree(PACKAGE / name, tmp_path / name)
    monkeypatch.setattr(resources, "PACKAGE", tmp_path)
    monkeypatch.setattr(resources, "packaged_folder", lambda _: schema)
    return tmp_path


def test_the_place_of_the_files_is_no_part_of_the_facts(
    packaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = provenance.tool_facts()
    monkeypatch.undo()
    assert packaged != resources.PACKAGE and copied == provenance.tool_facts()
    assert len(copied["schema"]) == len(copied["mapping"]) == 64


@pytest.mark.parametrize(
    ("changed", "fact"),
    [
        ("schema/target/beside/02_tables.sql", "schema"),
        ("schema/target/rights.csv", "schema"),
        ("legacy/mapping.csv", "mapping"),
        ("legacy/catalog.csv", "mapping"),
        ("load/sql/projections/fuel_logs__vehicle_events.sql", "mapping"),
        ("load/sql/rules/reminders.sql", "mapping"),
    ],
)
def test_a_changed_file_changes_its_fact_and_no_other(
    packaged: Path, changed: str, fact: str
) -> None:
    before = provenance.tool_facts()
    with (packaged / changed).open("a") as file:
        file.write("\n")
    after = provenance.tool_facts()
    assert {name for name in before if before[name] != after[name]} == {fact}


def test_a_renamed_file_changes_its_fact(packaged: Path) -> None:
    before = provenance.tool_facts()
    (packaged / "legacy" / "mapping.csv").rename(packaged / "legacy" / "zuordnung.csv")
    assert provenance.tool_facts()["mapping"] != before["mapping"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["/opt/x/bin/motomind", "audit", "--source", "env:A"], "motomind audit --source env:A"),
        (["/opt/x/motomind_nb/__main__.py", "check"], "python -m motomind_nb check"),
        (["m", "--source", "postgresql://u:hunter2@h/d"], "m --source '(a connection string)'"),
        (["m", "--source=host=h password=hunter2"], "m '--source=(a connection string)'"),
        (["m", "--source", "password=hunter2 dbname=x"], "m --source '(a connection string)'"),
        (["m", "--reason", "bearer hunter2hunter2"], "m --reason '(hidden)'"),
        (["m", "--to", "Neuer Ordner"], "m --to 'Neuer Ordner'"),
        (["m", "a\nb\x1b[31m"], None),
        ([], ""),
    ],
)
def test_a_command_is_told_without_secrets(words: list[str], said: str | None) -> None:
    found = circumstances.command_line(words)
    assert "hunter2" not in found and "\n" not in found and "\x1b" not in found
    assert said is None or found == said


def test_the_commit_is_that_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_SHA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert provenance.run_circumstances()["commit"] == ""
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@y"]
    subprocess.run([*git, "init", "-q"], check=True)
    assert provenance.run_circumstances()["commit"] == ""
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], check=True)
    assert len(provenance.run_circumstances()["commit"]) == 40
    monkeypatch.setenv("GITHUB_SHA", "f" * 40)
    assert provenance.run_circumstances()["commit"] == "f" * 40


def test_without_git_and_without_a_name_the_rest_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_SHA", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "ayşe")
    found = provenance.run_circumstances()
    assert (found["commit"], found["by"]) == ("", "ayşe")
