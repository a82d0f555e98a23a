"""A finding judges all its rows: their number, their digest, the lists that hold each of them."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from loads import MANIFESTS, loaded_template, unguarded

from motomind_nb import profile, reconcile, runs
from motomind_nb.backup import Dependent
from motomind_nb.core import Finding
from motomind_nb.postgres import Connection, Server

README = Path(__file__).parents[2] / "README.md"
TODAY = date(2026, 10, 2)
READING = "80000000-0000-4000-8000-00000000000"
REMINDER = "70000000-0000-4000-8000-00000000000"


@pytest.fixture
def loaded(server: Server) -> Iterator[Connection]:
    with unguarded(server, loaded_template(server, "sample")) as connection:
        yield connection


def failures(connection: Connection, check: str) -> list[Finding]:
    found = reconcile.compare_rows(connection, MANIFESTS["sample"]).findings
    return [item for item in found if item.check == check and item.status != "ok"]


def refuse(connection: Connection, first: int, last: int, reason: str = "no tank") -> None:
    """Put rows into quarantine."""
    connection.execute(
        "INSERT INTO audit.quarantine SELECT 'fuel_logs', 'row ' || i, NULL, 'no_amount', %s,"
        " jsonb_build_object('station_address', '7 Elm Street', 'gallons', i)"
        " FROM generate_series(%s::int, %s) AS i",
        (reason, first, last),
    )


def listed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_who_accepts_a_hundred_rows_has_not_accepted_five_thousand(
    loaded: Connection, tmp_path: Path
) -> None:
    refuse(loaded, 1, 100)
    (hundred,) = failures(loaded, "quarantine")
    assert (hundred.subject, hundred.rows) == ("fuel_logs: no_amount", 100)
    signed = {"reason": "old receipts", "by": "Olga", "until": date(2026, 12, 31)}
    (tmp_path / "a.toml").write_text(runs.accept_file([[hundred]], [], signed))
    entries = runs.read_accepted(tmp_path / "a.toml")
    ((_, accepted),) = runs.judge_findings([hundred], entries, TODAY)
    assert accepted == "old receipts (Olga, until 2026-12-31)"
    refuse(loaded, 101, 5100)
    (more,) = failures(loaded, "quarantine")
    assert more.rows == 5100 and more.detail.count("row ") == 3 and "5,097 more" in more.detail
    assert runs.judge_findings([more], entries, TODAY) == [(more, None)]
    (idle,) = runs.unused_entries([[more]], entries, TODAY)
    assert "5,100 rows" in idle.found and "no longer counts" in idle.found


def test_the_digest_is_over_every_row_and_its_reason(loaded: Connection) -> None:
    refuse(loaded, 1, 50)
    (first,) = failures(loaded, "quarantine")
    lines = [f'["row {number}", "no tank"]' for number in range(1, 51)]
    marks = sorted(hashlib.sha256(line.encode()).digest() for line in lines)
    assert first.digest == hashlib.sha256(b"".join(marks)).hexdigest()
    loaded.execute("UPDATE audit.quarantine SET reason = 'x' WHERE source_id = 'row 42'")
    (reason,) = failures(loaded, "quarantine")
    loaded.execute(
        "UPDATE audit.quarantine SET reason = 'no tank', source_id = 'row 51'"
        " WHERE source_id = 'row 42'"
    )
    (other,) = failures(loaded, "quarantine")
    assert first.rows == reason.rows == other.rows == 50
    assert len({first.digest, reason.digest, other.digest}) == 3


def test_every_row_in_quarantine_is_in_a_file_its_contents_masked(
    loaded: Connection, tmp_path: Path
) -> None:
    refuse(loaded, 1, 1200)
    assert reconcile.write_quarantine(loaded, tmp_path / "q.csv") == 1200
    lines = listed(tmp_path / "q.csv")
    assert {line["source_id"] for line in lines} == {f"row {i}" for i in range(1, 1201)}
    assert {(line["rule"], line["reason"]) for line in lines} == {("no_amount", "no tank")}
    assert "Elm" not in (tmp_path / "q.csv").read_text()
    assert all(
        "(hidden)" in line["source_row"] and "gallons" in line["source_row"] for line in lines
    )
    reconcile.write_quarantine(loaded, tmp_path / "open.csv", show_personal=True)
    assert (tmp_path / "open.csv").read_text().count("7 Elm Street") == 1200


def test_a_difference_counts_all_rows_and_changes_its_digest_with_each(loaded: Connection) -> None:
    miles = "UPDATE public.vehicle_events SET miles = miles + {} WHERE id = '{}'"
    loaded.execute(miles.format(7, READING + "1").encode())
    loaded.execute(miles.format(7, READING + "2").encode())
    (two,) = failures(loaded, "columns")
    assert (two.subject, two.rows) == ("odometer_readings.miles", 2)
    assert READING + "1" in two.detail and "became" in two.detail
    loaded.execute(miles.format(1, READING + "2").encode())
    (other,) = failures(loaded, "columns")
    assert other.rows == 2 and other.digest != two.digest
    loaded.execute(miles.format(-1, READING + "2").encode())
    assert failures(loaded, "columns") == [two]


def test_a_missing_row_has_a_fate_and_one_that_changed_its_date_is_not_missing(
    loaded: Connection,
) -> None:
    loaded.execute(f"DELETE FROM public.vehicle_events WHERE id = '{READING}1'".encode())
    loaded.execute(
        f"UPDATE public.vehicle_events SET date = date - 3 WHERE id = '{READING}2'".encode()
    )
    (gone,) = failures(loaded, "rows missing")
    assert (gone.subject, gone.rows) == ("odometer_readings", 1) and READING + "1" in gone.detail
    ledger = reconcile.ledger(loaded, MANIFESTS["sample"]).set_index("object")
    line = ledger.loc["odometer_readings"]
    assert (line["loaded"], line["missing"], bool(line["balanced"])) == (3, 1, False)
    assert ledger["missing"].sum() == 1 and ledger.loc["fuel_logs", "balanced"]


def test_the_rows_of_the_other_checks_are_in_a_file(loaded: Connection, tmp_path: Path) -> None:
    loaded.execute("DELETE FROM private.event_source WHERE source_table = 'odometer_readings'")
    found = {item.subject: item.rows for item in failures(loaded, "lineage")}
    assert found == {
        "odometer_readings: leads to no event": 4,
        "vehicle_events: leads back to no source row": 4,
    }
    compared = reconcile.compare_rows(loaded, MANIFESTS["sample"])
    reconcile.write_rows_of_findings(loaded, tmp_path / "rows.csv", compared)
    lines = [line for line in listed(tmp_path / "rows.csv") if line["check"] == "lineage"]
    assert len(lines) == 8 and {line["status"] for line in lines} == {"fail"}
    assert f"odometer_readings {READING}1" in {line["row"] for line in lines}


def readme_entries(folder: Path) -> list[runs.Entry]:
    """The accept file that README.md shows."""
    (text,) = [
        block
        for block in re.findall(r"```toml\n(.*?)```", README.read_text(), re.DOTALL)
        if "accepted" in tomllib.loads(block)
    ]
    (folder / "readme.toml").write_text(text)
    return runs.read_accepted(folder / "readme.toml")


def test_the_example_of_the_readme_accepts_what_it_says_and_no_more(
    loaded: Connection, tmp_path: Path
) -> None:
    status = "UPDATE public.reminders SET status = 'dismissed' WHERE id = '{}'"
    loaded.execute(status.format(REMINDER + "1").encode())
    view = Dependent(kind="view", name="billing.cars", depends_on="vehicles", text="SELECT 1")
    outside = profile.dependent_findings(replace(MANIFESTS["sample"], outside=(view,)))
    found = [*failures(loaded, "columns"), *outside]
    assert [item.status for item in found] == ["fail", "fail"]
    entries = readme_entries(tmp_path)
    said = [why for _, why in runs.judge_findings(found, entries, TODAY)]
    assert said == [entry.said for entry in entries], found
    assert [item.handled for item in entries] == ["", "rebind"]
    loaded.execute(status.format(REMINDER + "2").encode())
    (more,) = failures(loaded, "columns")
    assert runs.judge_findings([more], entries, TODAY) == [(more, None)]
