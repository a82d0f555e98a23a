"""The whole audit of other sources: the traps fail, unmapped values are refused, real logs pass."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import real_logs
from audits import audit

from motomind_nb.core import EXIT_CODES
from motomind_nb.runs import Outcome


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


@pytest.fixture(scope="module")
def unmapped_run(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return audit("sample:unmapped", tmp_path_factory.mktemp("unmapped"))


def test_unmapped_values_are_refused_and_all_named(unmapped_run: Outcome) -> None:
    outcome = unmapped_run
    assert outcome.facts["verdict"] == "refused"
    assert outcome.facts["found"].count(";") >= 2, outcome.facts["found"]
    assert (outcome.folder / "report.html").exists()
    assert (outcome.folder / "notebooks" / "01_profile.ipynb").exists(), "the evidence is kept"


def test_a_refused_run_leaves_no_cluster(unmapped_run: Outcome) -> None:
    assert not Path(json.loads((unmapped_run.folder / "run.json").read_text())["cluster"]).exists()


def test_the_real_logs_pass_with_warnings(tmp_path: Path) -> None:
    path = tmp_path / "backup.json"
    path.write_text(json.dumps(real_logs.export()))
    outcome = audit(str(path), tmp_path / "runs")
    facts = outcome.facts
    assert facts["verdict"] == "passed", facts
    assert facts["rows"]["quarantined"] == 0 and facts["mileage"]["different"] == 0
    assert facts["rows"]["source"] == 1489
    assert facts["objects"] == 10, "what the file holds, not what the catalog knows"
    found = (outcome.folder / "findings.csv").read_text()
    assert "memberships" in found and "absent" in found
    assert "export is complete" in found
