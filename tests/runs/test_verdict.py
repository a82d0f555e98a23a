"""The verdict: what is red, what a person accepted, what was never checked; the error kept."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from motomind_nb import runs
from motomind_nb.core import (
    COLUMNS,
    CheckFailed,
    MotomindError,
    Refused,
    read_json_or_empty,
    rows_accounted,
)
from motomind_nb.legacy import catalog
from motomind_nb.runs import verdict

FINDING = ["stage", *COLUMNS, "accepted"]


def ledger(**changed: object) -> pd.DataFrame:
    """A ledger in which every table was treated, some lines changed."""
    lines = []
    for item in catalog.objects().values():
        line = {
            "object": item.name,
            "kind": item.kind,
            "source_rows": 2,
            "loaded": 2,
            "quarantined": 0,
            "archived": 0,
            "missing": 0,
        }
        lines.append(line | dict(changed.get(item.name, {})))  # type: ignore[call-overload]
    return pd.DataFrame(lines)


def found(*statuses: tuple[str, str, str]) -> pd.DataFrame:
    """Findings, one ok of each checking stage, and those given as (stage, status, accepted)."""
    words = ("c", "s", "e", "a")
    rows = [(stage, *words, "ok", "", 0, "0", "") for stage in verdict.CHECKING_STAGES]
    rows += [(stage, *words, status, "d", 7, "1", why) for stage, status, why in statuses]
    return pd.DataFrame(rows, columns=FINDING)


def computed(findings: pd.DataFrame, lines: pd.DataFrame, folder: Path) -> dict:
    run = runs.create_run(folder, runs.Sample("sample"), runs.Embedded())
    vehicles = pd.DataFrame({"equal": [True, False, True]})
    return runs.compute_verdict(run, findings, lines, vehicles)


def test_the_verdict_is_passed_with_warnings(tmp_path: Path) -> None:
    facts = computed(found(("row_counts", "warn", "")), ledger(), tmp_path)
    assert facts["verdict"] == "passed"
    assert facts["checks"] == {"ok": 3, "note": 0, "warn": 1, "fail": 0, "accepted": 0}
    assert facts["mileage"] == {"vehicles": 3, "equal": 2, "different": 1}
    assert facts["rows"]["source"] == 50


def test_notes_are_counted_apart_and_never_judged(tmp_path: Path) -> None:
    notes = found(("row_counts", "note", ""), ("profile", "note", ""))
    facts = computed(notes, ledger(), tmp_path)
    assert facts["verdict"] == "passed"
    assert facts["checks"] == {"ok": 3, "note": 2, "warn": 0, "fail": 0, "accepted": 0}


def test_one_failure_fails_unless_a_person_accepted_it(tmp_path: Path) -> None:
    facts = computed(found(("mileage", "fail", "")), ledger(), tmp_path)
    assert facts["verdict"] == "failed" and facts["object"] == "c: s"
    facts = computed(found(("mileage", "fail", "agreed")), ledger(), tmp_path)
    assert facts["verdict"] == "passed" and facts["checks"]["accepted"] == 1
    assert facts["accepted"] == [{"check": "c", "subject": "s", "rows": 7, "accepted": "agreed"}]


@pytest.mark.parametrize("stage", verdict.CHECKING_STAGES)
def test_a_stage_that_checked_nothing_is_red(stage: str, tmp_path: Path) -> None:
    rest = found()
    facts = computed(rest[rest.stage != stage], ledger(), tmp_path)
    assert facts["verdict"] == "nothing checked" and stage in facts["object"]


@pytest.mark.parametrize("name", verdict.MUST_LOAD)
def test_an_object_that_was_not_loaded_is_red(name: str, tmp_path: Path) -> None:
    facts = computed(found(), ledger(**{name: {"loaded": None}}), tmp_path)
    assert facts["verdict"] == "nothing checked" and name in facts["object"]
    facts = computed(found(), ledger(**{name: {"loaded": 0}}), tmp_path)
    assert facts["verdict"] == "nothing checked"


def test_an_object_that_the_source_lacks_is_not_unchecked(tmp_path: Path) -> None:
    absent = {
        "missing": None,
        "source_rows": None,
        "loaded": None,
        "quarantined": None,
        "archived": None,
    }
    assert computed(found(), ledger(reminders=absent), tmp_path)["verdict"] == "passed"


def test_an_error_is_kept_with_its_class_and_comes_back(tmp_path: Path) -> None:
    run = runs.create_run(tmp_path, runs.Sample("sample"), runs.Embedded())
    for error in (
        Refused("a", "b", "c", "d"),
        CheckFailed("a", "b", "c", "d"),
        MotomindError("a", "b", "c", "d"),
    ):
        run.store_error(error)
        again = run.stored_error()
        assert type(again) is type(error) and str(again) == str(error)


def test_by_hand_the_verdict_is_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(runs.WAITING_VARIABLE, raising=False)
    run = runs.create_run(tmp_path, runs.Sample("sample"), runs.Embedded())
    runs.write_conclusion(run, {"verdict": "failed"})
    assert runs.read_conclusion(run) == {"verdict": "failed"}
    assert read_json_or_empty(run.folder / "verdict.json") == {"verdict": "failed"}


@pytest.mark.parametrize("with_page", [True, False])
def test_while_a_command_waits_the_verdict_is_the_last_thing_written(
    with_page: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(runs.WAITING_VARIABLE, "1")
    run = runs.create_run(tmp_path, runs.Sample("sample"), runs.Embedded())
    (page := run.folder / "page.html").write_text("the end")
    if not with_page:
        page.unlink()
    runs.write_verdict(run, {"verdict": "error"})
    assert runs.read_conclusion(run) == {"verdict": "error"}
    runs.write_conclusion(run, {"verdict": "passed"})
    assert runs.read_conclusion(run) == {"verdict": "passed"}
    assert read_json_or_empty(run.folder / "verdict.json") == {"verdict": "error"}
    runs.end_run(run, {"verdict": "failed"}, page)
    assert read_json_or_empty(run.folder / "verdict.json") == {"verdict": "failed"}
    assert (run.folder / "report.html").exists() == with_page
    assert not page.exists() and not (run.folder / "conclusion.json").exists()


def sentence(folder: Path, vehicles: list[bool], lines: pd.DataFrame, *failed: tuple) -> str:
    """The sentence of a run with such vehicles, ledger and failures (check, rows, accepted)."""
    rows = [
        ("mileage", check, "s", "e", "a", "fail", "", number, "1", why)
        for check, number, why in failed
    ]
    findings = pd.concat([found(), pd.DataFrame(rows, columns=FINDING)])
    run = runs.create_run(folder, runs.Sample("sample"), runs.Embedded())
    facts = runs.compute_verdict(run, findings, lines, pd.DataFrame({"equal": vehicles}))
    return facts["sentence"]


def test_the_sentence_follows_the_numbers(tmp_path: Path) -> None:
    same = [True, True, True]
    assert sentence(tmp_path, same, ledger()) == (
        "Passed: 50 rows accounted for, none lost, altered or given to another owner;"
        " 3 of 3 vehicles with the same mileage."
    )
    quarantined = ledger(fuel_logs={"loaded": 1, "quarantined": 1})
    assert sentence(tmp_path, same, quarantined, ("quarantine", 1, "agreed")) == (
        "Passed with 1 accepted difference: 1 row not loaded."
    )
    lost = ledger(users={"source_rows": 4, "missing": 2}, fuel_logs={"loaded": 1, "quarantined": 1})
    changed = [True, False, False]
    accepted = [("quarantine", 1, "agreed"), ("rows missing", 2, "agreed"), ("columns", 9, "a")]
    assert sentence(tmp_path, changed, lost, *accepted) == (
        "Passed with 3 accepted differences: 3 rows not loaded, 9 values changed,"
        " 2 vehicles changed."
    )
    moved = [("rows moved", 1, ""), ("rows extra", 4, "agreed")]
    assert sentence(tmp_path, same, ledger(), *moved) == (
        "Failed with 1 failure that nobody accepted: 1 row given to another tenant, 4 rows added."
    )


def test_the_sentence_counts_the_rights_that_were_opened(tmp_path: Path) -> None:
    one = ("architecture", "rights", "wagons SELECT anon", "no", "yes", "fail", "", 0, "1", "")
    taken = ("architecture", "rights", "wagons SELECT staff", "yes", "no", "fail", "", 0, "2", "")
    bare = ("architecture", "row level security off", "wagons", "on", "off", "fail", "", 0, "3", "")
    for rows, said in (
        ([taken], "Failed with 1 failure that nobody accepted."),
        ([one, taken], "Failed with 2 failures that nobody accepted: 1 right opened to others."),
        ([one, bare], "Failed with 2 failures that nobody accepted: 2 rights opened to others."),
        ([(*bare[:4], "on", "ok", *bare[6:])], None),
    ):
        findings = pd.concat([found(), pd.DataFrame(rows, columns=FINDING)])
        run = runs.create_run(tmp_path, runs.Sample("sample"), runs.Embedded())
        facts = runs.compute_verdict(run, findings, ledger(), pd.DataFrame({"equal": [True]}))
        assert facts["sentence"] == said if said else facts["sentence"].startswith("Passed: ")


def test_the_equation_adds_up_or_says_what_is_missing() -> None:
    good = {"source": 20362, "loaded": 20000, "quarantined": 12, "archived": 350, "missing": 0}
    assert rows_accounted(good) == (
        "20,362 in the source = 20,000 loaded + 12 quarantined + 350 archived"
    )
    lost = good | {"loaded": 19993, "missing": 7}
    assert rows_accounted(lost).startswith(
        "20,362 in the source, 20,355 accounted for, 7 missing (19,993 loaded"
    )
    assert "0 missing, 3 unexplained" in rows_accounted(good | {"archived": 347})
    assert "0 missing, 1 too many" in rows_accounted(good | {"archived": 351})


@pytest.mark.parametrize("before", ["a long word " * 20, "x"])
def test_a_verdict_is_written_over_another_in_its_place(before: str, tmp_path: Path) -> None:
    run = runs.create_run(tmp_path, runs.Sample("sample"), runs.Embedded())
    runs.write_verdict(run, {"verdict": before})
    runs.overwrite_verdict(run, {"verdict": "error"})
    assert read_json_or_empty(run.folder / "verdict.json") == {"verdict": "error"}
