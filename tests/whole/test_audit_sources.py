"""The whole audit of other sources: the traps fail, unmapped values are refused, real logs pass."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import real_logs
from audits import audit

from motomind_nb.core import EXIT_CODES, tables
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
    assert "motomind_nb/legacy/catalog.csv" in outcome.facts["action"]  # where a mapping lives
    assert (outcome.folder / "report.html").exists()
    assert (outcome.folder / "notebooks" / "01_profile.ipynb").exists(), "the evidence is kept"


def test_a_refused_run_leaves_no_cluster(unmapped_run: Outcome) -> None:
    assert not Path(json.loads((unmapped_run.folder / "run.json").read_text())["cluster"]).exists()


@pytest.mark.campaign
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


NAMED = {
    "an event at infinity": "odometer_readings,80000000-0000-4000-8000-000000000196",
    "an event before Christ": "service_records,a0000000-0000-4000-8000-000000000194",
    "an event before all time": "fuel_logs,90000000-0000-4000-8000-000000000192",
    "an amount that is none": "fuel_logs,90000000-0000-4000-8000-000000000194",
    "a coordinate that is none": "fuel_logs,90000000-0000-4000-8000-000000000198",
    "a cost that is none": "service_records,a0000000-0000-4000-8000-000000000195",
    "the year 20000": "odometer_readings: 2 rows later, the last on 5874897-12-31",
    "two default garages": "load default garages,garages.is_default,",
    "a path without a folder": "load image path,vehicle_images.storage_path,",
    "a NaN that is carried over": "vehicles.baseline_fuel_mpg: 1",
    "a deletion at infinity": "vehicles.deleted_at: 1",
    "a coordinate at infinity": "garages.lng: 1",
    "a reminder at infinity": "reminders.due_date: 2",
}


@pytest.mark.parametrize("name", NAMED)
def test_the_traps_at_the_ends_of_the_types_are_named(traps_run: Outcome, name: str) -> None:
    files = ("findings.csv", "quarantine.csv")
    assert any(NAMED[name] in (traps_run.folder / file).read_text() for file in files)


def test_nothing_but_quarantine_and_what_it_takes_fails_in_the_traps(traps_run: Outcome) -> None:
    found = tables.read_csv(traps_run.folder / "findings.csv")
    failed = found[found["status"] == "fail"]
    assert set(failed["check"]) == {"quarantine", "mileage equal"}
    assert "\x1b" not in (traps_run.folder / "findings.csv").read_text()
    vehicles = tables.read_csv(traps_run.folder / "mileage.csv").set_index("vehicle_id")
    timeless, far = (vehicles.loc[f"40000000-0000-4000-8000-0000000000{n}"] for n in (18, 19))
    assert timeless["equal"] == "true"
    assert (far["cause"], far["first_date"]) == ("lost", "-infinity")
