"""The whole audit of the sample: what it leaves, the same bytes each time, checked again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from audits import audit

from motomind_nb import jupyter
from motomind_nb.core import no_progress
from motomind_nb.runs import Outcome

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
FILES = ("report.html", "verdict.json", "run.json", "findings.csv", "ledger.csv", "mileage.csv")


def what_the_input_determines(folder: Path) -> dict[str, bytes]:
    """Every byte of a run folder that two runs must share: verdict, CSVs, notebooks, page.

    Of the page one block is left out: who ran what, and when.
    """
    page = (folder / "report.html").read_text()
    before, _, rest = page.partition('<section id="about-section">')
    told = before + rest.partition("</section>")[2]
    assert "About this run" in rest and folder.name in rest and folder.name not in told
    chosen = [folder / "verdict.json", *folder.glob("*.csv"), *folder.glob("notebooks/*.ipynb")]
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(chosen)}
    return {**files, "report.html but for one block": told.encode()}


@pytest.fixture(scope="module")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return audit("sample", tmp_path_factory.mktemp("sample"))


def test_the_sample_passes_with_warnings(sample_run: Outcome) -> None:
    facts = sample_run.facts
    assert facts["verdict"] == "passed", facts
    assert facts["objects"] == 35
    assert 0 < facts["checks"]["warn"] <= 10 and facts["checks"]["fail"] == 0
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


@pytest.mark.campaign
@pytest.mark.skipif(not DEBIAN_15.exists(), reason="Debian's PostgreSQL 15 is not installed")
def test_another_server_version_gives_the_same_bytes(
    sample_run: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTOMIND_POSTGRES_BIN", str(DEBIAN_15))
    other = audit("sample", tmp_path)
    assert json.loads((other.folder / "run.json").read_text())["server"].startswith("15")
    assert what_the_input_determines(other.folder) == what_the_input_determines(sample_run.folder)


@pytest.mark.campaign
def test_a_finished_load_is_checked_again_as_a_new_run(sample_run: Outcome) -> None:
    checked = jupyter.check_finished_load(
        sample_run.folder, "", jupyter.Options(sample_run.folder.parent), no_progress
    )
    assert checked.folder != sample_run.folder
    for name in ("verdict", "source", "input", "objects", "rows", "mileage"):
        assert checked.facts[name] == sample_run.facts[name]
    assert checked.facts["checks"]["ok"] > 100 and checked.facts["checks"]["fail"] == 0
    assert sorted(path.stem for path in checked.folder.glob("notebooks/*.ipynb")) == [
        "03_row_counts",
        "04_mileage",
        "05_architecture",
        "06_report",
    ]


@pytest.mark.campaign
def test_the_backup_of_a_run_is_a_source(sample_run: Outcome, tmp_path: Path) -> None:
    again = audit(str(sample_run.folder / "backup"), tmp_path)
    assert again.facts["verdict"] == "passed"
    assert again.facts["rows"] == sample_run.facts["rows"]
    assert again.facts["input"] == sample_run.facts["input"]


def test_no_server_is_left_running(sample_run: Outcome) -> None:
    cluster = json.loads((sample_run.folder / "run.json").read_text())["cluster"]
    assert not (Path(cluster) / "postmaster.pid").exists()
    assert Path(cluster).is_dir()
