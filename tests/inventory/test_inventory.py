"""The runs of a folder are listed as they are, and only clusters of ours are ever deleted."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from motomind_nb import inventory
from motomind_nb.cli import app
from motomind_nb.commands.runs import _age as age_in_words


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTOMIND_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "clusters").mkdir(parents=True)
    return tmp_path / "home"


def cluster(home: Path, name: str) -> Path:
    path = home / "clusters" / name
    path.mkdir()
    (path / "PG_VERSION").write_text("18\n")
    (path / "data").write_bytes(bytes(3 << 20))
    return path


def folder(runs: Path, name: str, days: float, **facts: object) -> Path:
    path = runs / name
    path.mkdir(parents=True)
    started = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    (path / "run.json").write_text(json.dumps({"started": started, **facts}))
    (path / "verdict.json").write_text('{"verdict": "failed", "source": "env:FLOTTE"}')
    return path


def test_every_run_is_listed_with_verdict_age_disk_and_cluster(home: Path, tmp_path: Path) -> None:
    runs = tmp_path / "läufe"
    folder(runs, "a", 3, cluster=str(cluster(home, "a")))
    folder(runs, "b", 0, cluster=str(home / "clusters" / "b"))
    folder(runs, "c", 0)
    (runs / "d").mkdir()
    (runs / "e").mkdir()
    (runs / "e" / "run.json").write_text("[broken")
    listed = inventory.list_runs(runs)
    assert [item.id for item in listed] == ["a", "b", "c", "e"]
    assert [item.cluster for item in listed] == ["kept", "deleted", "none", "none"]
    assert [item.verdict for item in listed][:3] == ["failed"] * 3
    assert listed[0].disk > 3 << 20 > listed[1].disk
    told = run("runs", "--runs", runs)
    assert told.exit_code == 0 and "3 days" in told.output and "env:FLOTTE" in told.output
    facts = json.loads(run("runs", "--runs", runs, "--json").stdout)
    assert [item["cluster"] for item in facts["runs"]] == ["kept", "deleted", "none", "none"]
    assert "no runs" in run("runs", "--runs", tmp_path / "none").output


def test_old_clusters_go_and_young_ones_stay(home: Path, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    old, young, checked = (cluster(home, name) for name in ("old", "young", "checked"))
    folder(runs, "old", 30, cluster=str(old))
    folder(runs, "young", 1, cluster=str(young))
    folder(runs, "checked", 30, cluster=str(checked))
    folder(runs, "recheck", 1, cluster=str(checked), checks="checked")
    told = run("runs", "--runs", runs, "--prune", "7")
    assert told.exit_code == 0 and f"deleted  {old}" in told.output
    assert not old.exists() and young.exists() and checked.exists()
    assert sorted(path.name for path in runs.iterdir()) == ["checked", "old", "recheck", "young"]
    assert run("runs", "--runs", runs, "--prune", "-1").exit_code == 2


def test_nothing_but_a_kept_cluster_of_ours_is_deleted(home: Path, tmp_path: Path) -> None:
    """What run.json names may be anything: a folder of the user's, a link, a running server."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "PG_VERSION").write_text("18")
    used = cluster(home, "used")
    (used / "postmaster.pid").write_text(f"{os.getpid()}\n")
    (home / "clusters" / "link").symlink_to(documents)
    (home / "clusters" / "other").mkdir()
    named = [documents, used, home / "clusters" / "link", home / "clusters" / "other"]
    named.append(home / "clusters" / ".." / ".." / "documents")
    assert inventory.prune_clusters(named) == []
    assert all(path.exists() for path in named)
    (used / "postmaster.pid").write_text("999999999\n")
    assert inventory.prune_clusters([used]) == [used]


def test_an_age_is_told_in_its_greatest_unit() -> None:
    told = [age_in_words(timedelta(minutes=number)) for number in (0, 119, 120, 2879, 2880)]
    assert told == ["0 min", "119 min", "2 hours", "47 hours", "2 days"]
