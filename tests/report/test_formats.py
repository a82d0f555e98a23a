"""A run for other tools: JUnit, SQLite, GitHub's words, and what differs between two runs."""

from __future__ import annotations

import errno
import json
import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
import report_example as example

from motomind_nb import report
from motomind_nb.core import tables
from motomind_nb.report.formats import github, junit, sqlite

HOSTILE = "a|b <b>\n::error::x\n| --- | `c` [x](http://evil.example) @all \ufffe \x1b[31m %0A"


def findings(*rows: dict[str, Any]) -> pd.DataFrame:
    known = {
        "stage": "row_counts",
        "check": "rows",
        "subject": "автобусы",
        "expected": "9",
        "found": "9",
        "status": "ok",
        "detail": "",
        "rows": "0",
        "digest": "",
        "accepted": "",
    }
    return pd.DataFrame([{**known, **row} for row in rows], columns=list(known), dtype=object)


def cases(folder: Path) -> dict[tuple[str, str], ElementTree.Element]:
    root = ElementTree.parse(folder / "junit.xml").getroot()
    found = {(one.get("classname", ""), one.get("name", "")): one for one in root.iter("testcase")}
    assert len(found) == len(list(root.iter("testcase"))), "a case for each check, once"
    return found


def test_every_check_is_a_case(tmp_path: Path) -> None:
    found = findings(
        {},
        {"subject": "wagons", "status": "fail", "found": "8", "rows": "1"},
        {"subject": "vans", "status": "fail", "found": "7", "rows": "2"},
        {"check": "keys", "status": "fail", "accepted": "agreed"},
        {"check": "notes", "status": "warn", "detail": "so it was"},
        {"stage": "mileage", "check": "rows"},
    )
    report.write_junit(tmp_path, {"verdict": "failed"}, found)
    told = cases(tmp_path)
    assert set(told) == {
        ("run", "verdict"),
        ("row_counts", "rows"),
        ("row_counts", "keys"),
        ("row_counts", "notes"),
        ("mileage", "rows"),
    }
    failed = told["row_counts", "rows"].find("failure")
    assert failed is not None
    assert failed.get("message") == "wagons: expected 9, found 8 and 1 more"
    assert "vans: expected 9, found 7" in (failed.text or "")
    assert told["row_counts", "keys"].find("failure") is None
    assert "accepted: agreed" in (told["row_counts", "keys"].findtext("system-out") or "")
    assert "so it was" in (told["row_counts", "notes"].findtext("system-out") or "")
    assert list(told["mileage", "rows"]) == [] == list(told["run", "verdict"])
    root = ElementTree.parse(tmp_path / "junit.xml").getroot()
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("5", "1", "0")


@pytest.mark.parametrize("verdict", ["error", "refused", "nothing checked"])
def test_a_run_that_proved_nothing_is_an_error(tmp_path: Path, verdict: str) -> None:
    facts = {"verdict": verdict, "object": "o", "expected": "e", "found": "f", "action": "a"}
    report.write_junit(tmp_path, facts, tables.read_csv(tmp_path / "findings.csv"))
    error = cases(tmp_path)["run", "verdict"].find("error")
    assert error is not None and error.get("message") == "o: expected e, found f; a"
    assert error.get("type") == verdict


def test_any_text_can_be_written_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    found = findings(
        {"check": HOSTILE, "subject": HOSTILE, "status": "fail", "detail": "\ud800 \x00"},
        *({"check": "many", "subject": str(place), "status": "warn"} for place in range(200)),
    )
    first = report.write_junit(tmp_path, {"verdict": "failed"}, found).read_bytes()
    assert "150 more in findings.csv" in first.decode() and len(first) < 20_000
    assert report.write_junit(tmp_path, {"verdict": "failed"}, found).read_bytes() == first
    assert len(cases(tmp_path)) == 3
    assert list(tmp_path.iterdir()) == [tmp_path / junit.FILE]


def rows(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{folder / sqlite.FILE}?mode=ro", uri=True)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def write_csv(folder: Path, name: str, **columns: list[Any]) -> None:
    tables.write_csv(folder / f"{name}.csv", pd.DataFrame(columns, dtype=object))


def test_the_tables_are_those_of_the_csv_files(tmp_path: Path) -> None:
    write_csv(tmp_path, "ledger", object=["автобусы", "wagons"], loaded=[3, None])
    write_csv(tmp_path, "quarantine", row=["=1+1", "-5", HOSTILE], select=["'", "", None])
    write_csv(tmp_path, "differences", id=[])
    write_csv(tmp_path, "mileage", vehicle_id=["01"], before_miles=[-7], equal=[True])
    report.write_sqlite(tmp_path)
    assert rows(tmp_path, "SELECT * FROM ledger") == [("автобусы", 3), ("wagons", None)]
    held = rows(tmp_path, 'SELECT "row", "select" FROM quarantine')
    assert [row[0] for row in held[:2]] == ["=1+1", "-5"] and held[0][1] == "'"
    assert rows(tmp_path, "SELECT * FROM mileage") == [("01", -7, "true")]
    assert rows(tmp_path, "SELECT count(*) FROM differences") == [(0,)]
    names = {row[0] for row in rows(tmp_path, "SELECT name FROM sqlite_schema")}
    assert names == {"ledger", "quarantine", "differences", "mileage"}
    assert not list(tmp_path.glob("*.part*"))


def test_a_long_lineage_stays_in_its_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LINEAGE_ROWS", 5)
    monkeypatch.setattr(sqlite, "AT_ONCE", 2)
    for number, expected in ((5, {"lineage"}), (6, set())):
        write_csv(tmp_path, "lineage", target_id=list(range(number)))
        report.write_sqlite(tmp_path)
        names = {row[0] for row in rows(tmp_path, "SELECT name FROM sqlite_schema")}
        assert names == expected
        if expected:
            held = rows(tmp_path, "SELECT count(DISTINCT target_id) FROM lineage")
            assert held == [(5,)]


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite itself says that it is full, at 20 pages."""
    write_csv(tmp_path, "quarantine", row=["x" * 4000] * 50)
    connect = sqlite3.connect

    def small(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA max_page_count = 20")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(OSError, match=r"run\.sqlite") as told:
        report.write_sqlite(tmp_path)
    assert told.value.errno == errno.ENOSPC
    assert not (tmp_path / sqlite.FILE).exists() and not list(tmp_path.glob("*.part*"))


def test_a_failure_is_annotated_and_can_command_nothing() -> None:
    found = findings(
        {"status": "fail", "check": HOSTILE, "found": HOSTILE, "rows": "3"},
        {"status": "fail", "accepted": "agreed"},
        {"status": "warn"},
    )
    (line,) = report.error_annotations({"verdict": "failed"}, found)
    assert line.startswith("::error title=") and "\n" not in line and "\r" not in line
    assert "::" not in line[2:].partition("::")[0] and "%250A" in line
    many = findings(*({"status": "fail", "subject": str(place)} for place in range(99)))
    assert len(report.error_annotations({"verdict": "failed"}, many)) == github.ANNOTATIONS
    assert report.error_annotations({"verdict": "passed"}, found) == []
    refused = {"verdict": "refused", "object": "o", "expected": "e", "found": "f"}
    assert report.error_annotations(refused, pd.DataFrame()) == [
        "::error title=refused%3A o::expected e, found f"
    ]


def test_the_summary_says_verdict_ledger_and_what_to_decide() -> None:
    found = findings(
        {"status": "fail", "subject": HOSTILE, "rows": "2"},
        *({"status": "fail", "subject": str(place)} for place in range(60)),
    )
    verdict = {"verdict": "failed", "sentence": "Failed with 61 failures."}
    said = report.job_summary(verdict, found, example.ledger().fillna(""))
    assert "audit: failed" in said and "Failed with 61 failures." in said
    assert "### What to decide" in said and "11 more in findings.csv" in said
    assert "### Ledger" in said and "| fuel&#95;logs |" in said
    assert "<b>" not in said and "](http" not in said and "@all" not in said
    tables_of = [line for line in said.splitlines() if line.startswith("|")]
    counts = [line.count(" | ") for line in tables_of if "---" not in line]
    assert counts == [5] * 51 + [4] * 36, "no text makes a cell of its own"


def test_a_summary_of_a_good_run_asks_nothing() -> None:
    facts = {"verdict": "passed", "sentence": "Passed."}
    said = report.job_summary(facts, findings({}), pd.DataFrame())
    assert "decide" not in said and "Passed." in said


@pytest.fixture
def pair(tmp_path: Path) -> list[Path]:
    """Two equal runs."""
    folders = [tmp_path / name for name in ("eins", "zwei")]
    for folder in folders:
        folder.mkdir()
        tables.write_csv(
            folder / "findings.csv",
            findings({}, {"subject": "a"}, {"subject": "a", "found": "8"}, {"subject": "b"}),
        )
        write_csv(folder, "ledger", object=["автобусы", "x"], loaded=[3, 4])
        write_csv(folder, "mileage", vehicle_id=["7", "8"], before_miles=[1, 2])
        (folder / "verdict.json").write_text('{"verdict": "passed"}')
    return folders


def test_equal_runs_do_not_differ(pair: list[Path]) -> None:
    found = report.compare_runs(*pair)
    assert found.total == 0 and found.compared_rows == 16
    assert report.difference_lines(found)[0] == "verdict   0 new, 0 gone, 0 changed"


def test_what_is_new_gone_or_changed_is_named(pair: list[Path]) -> None:
    changed = findings({}, {"subject": "a"}, {"subject": "a", "found": "7"}, {"subject": "c"})
    tables.write_csv(pair[1] / "findings.csv", changed)
    write_csv(pair[1], "ledger", object=["автобусы"], loaded=[2])
    write_csv(pair[1], "mileage", vehicle_id=["7", "8", "9"], before_miles=[1, 2, 3])
    (pair[1] / "verdict.json").write_text('{"verdict": "failed"}')
    found = report.compare_runs(*pair)
    facts = report.difference_facts(found)
    keys = {
        (name, kind): [item["key"] for item in items]
        for name, kinds in facts.items()
        for kind, items in kinds.items()
        if items
    }
    assert keys == {
        ("verdict", "changed"): ["verdict"],
        ("findings", "changed"): ["row_counts: rows: a (2)"],
        ("findings", "new"): ["row_counts: rows: c"],
        ("findings", "gone"): ["row_counts: rows: b"],
        ("ledger", "changed"): ["автобусы"],
        ("ledger", "gone"): ["x"],
        ("mileage", "new"): ["9"],
    }
    assert facts["ledger"]["changed"][0]["before"] == {"loaded": "3"}
    assert json.loads(json.dumps(facts)) == facts
    lines = report.difference_lines(found)
    assert "  changed автобусы: loaded '3' -> '2'" in lines
    back = report.difference_facts(report.compare_runs(*reversed(pair)))
    assert [len(back["findings"][kind]) for kind in ("new", "gone", "changed")] == [1, 1, 1]


def test_many_differences_are_counted(pair: list[Path]) -> None:
    write_csv(pair[0], "mileage", vehicle_id=list(range(1000)), before_miles=[1] * 1000)
    lines = report.difference_lines(report.compare_runs(*pair))
    assert len(lines) < 70 and any("more: --json prints all" in line for line in lines)
