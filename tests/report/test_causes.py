"""Failures below what explains them: nothing is left out, and nothing of others is put there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import report_example as example

from motomind_nb import report
from motomind_nb.core import tables
from motomind_nb.report.findings import causes

LOST, MOVED, OTHER = (f"b7000000-0000-4000-8000-00000000000{place}" for place in (1, 2, 3))
CAR = "c4000000-0000-4000-8000-000000000009"
COLUMNS = ("stage", "check", "subject", "expected", "found", "detail", "rows")
ALTERED = "public.garages: trigger"
# in the order of the page; the lines of each group, the first explains the others
FINDINGS = [
    ("row_counts", "rows missing", "fuel_logs", "all", "1 row missing", LOST, "1"),
    ("row_counts", "mileage equal", "readings lost", "all", "1 vehicle", f"vehicle {CAR}", "1"),
    ("row_counts", "columns", "service_records.date", "as it was", "1 row", MOVED, "1"),
    ("row_counts", "columns", "vehicles.notes", "as it was", "1 row", OTHER, "1"),
    ("row_counts", "staged", "fuel_logs", "2 rows, sum 1", "2 rows, sum 2", "", "0"),
    ("architecture", "schema as built", ALTERED, "on", "off", "altered row_9", "0"),
    ("architecture", "schema as built", "public.garages: grant", "api: SELECT", "none", "", "0"),
    ("architecture", "schema as built", "public.reminders: relation", "table", "none", "", "0"),
    ("architecture", "schema as built", "public.reminders: policy", "one", "none", "lost", "0"),
    ("architecture", "trigger off", "public.garages row_9", "enabled", "off", "", "0"),
    ("architecture", "rights", "public.garages SELECT api", "yes", "no", "grant", "0"),
    ("architecture", "proof", "a garage is seen", "1", "42501", "SELECT FROM garages", "0"),
    ("row_counts", "lineage", "fuel_logs: leads nowhere", "one", "1 row", CAR[:-1] + "1", "1"),
    ("row_counts", "totals", "fuel_logs.gallons", "9", "0", "", "0"),
    ("row_counts", "totals", "vehicles.year", "2000", "1999", "", "0"),
    ("row_counts", "second mapping", "service_records: rows", "6 rows", "5 rows", "", "0"),
    ("row_counts", "second mapping", "vehicles.notes: notes", "sum 1", "sum 2", "", "0"),
]
GROUPS = [[0, 1, 13], [2, 15], [3, 16], [4], [5, 9], [6, 10, 11], [7, 8], [12], [14]]


def findings() -> pd.DataFrame:
    frame = pd.DataFrame(FINDINGS, columns=list(COLUMNS), dtype=object)
    return frame.assign(status="fail", accepted="")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tables.write_csv(tmp_path / "findings.csv", findings())
    heads = ["table_name", "kind", "source", "id", "source_id", "column_name", "before", "after"]
    rows = [
        ("vehicle_events", "missing", "fuel_logs", LOST, LOST, "", "", ""),
        ("vehicle_events", "changed", "service_records", MOVED, MOVED, "date", "", ""),
        ("vehicles", "changed", "vehicles", OTHER, OTHER, "notes", "", ""),
    ]
    tables.write_csv(tmp_path / "differences.csv", pd.DataFrame(rows, columns=heads))
    vehicle = example.mileage().head(1).assign(vehicle_id=CAR, equal=False, source_id=LOST)
    tables.write_csv(tmp_path / "mileage.csv", vehicle)
    return tmp_path


def grouped(folder: Path) -> list[list[int]]:
    listed = findings().to_dict("records")
    return causes.group(listed, folder, tables.read_csv(folder / "mileage.csv"))


def test_each_failure_stands_below_what_names_the_same_rows_or_object(folder: Path) -> None:
    assert grouped(folder) == GROUPS


def test_what_counts_rows_that_no_other_names_stays_alone(folder: Path) -> None:
    (folder / "mileage.csv").unlink()
    found = grouped(folder)
    assert [1] not in GROUPS and [1] in found
    assert sorted(place for places in found for place in places) == list(range(len(FINDINGS)))


def test_the_page_tells_each_cause_once_and_every_failure(folder: Path) -> None:
    page = report.write_report(folder).read_text()
    section = page.partition('id="findings-section"')[2].partition("</section>")[0]
    assert section.count("<tr>") == 1 + len(GROUPS)
    assert section.count("<li>") == len(FINDINGS) - len(GROUPS)
    assert "17 failures in 9 lines, by what explains them" in section
    assert "2 more findings of the same rows or object: rights, proof" in section
    assert "proof: a garage is seen: expected 1, found 42501; SELECT FROM garages" in section
