"""The accept file: what it must hold, what it accepts, and what it never hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from motomind_nb import runs
from motomind_nb.core import Finding, MotomindError

TODAY = date(2025, 9, 27)
QUARANTINED = Finding("quarantine", "fuel_logs 1", "loaded", "in quarantine", "fail")
OTHER = Finding("quarantine", "reminders 7", "loaded", "in quarantine", "fail")
ENTRY = """[[accepted]]
check = "quarantine"
subject = "fuel_logs *"
reason = "test receipts, agreed with the owner"
until = {until}
"""


DEPENDENT = Finding("outside dependent", "view billing.cars", "handled", "depends on x", "fail")
OUTSIDE = """[[accepted]]
check = "outside dependent"
subject = "view billing.*"
reason = "the invoices go on with the new tables"
until = 2026-01-01
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "accepted.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize("until", ["2025-09-27", '"2025-12-31"'])
def test_an_entry_accepts_what_it_names_and_no_more(tmp_path: Path, until: str) -> None:
    entries = runs.read_accepted(written(tmp_path, ENTRY.format(until=until)))
    judged = runs.judge_findings([QUARANTINED, OTHER], entries, TODAY)
    assert judged == [(QUARANTINED, "test receipts, agreed with the owner"), (OTHER, None)]
    assert runs.unused_entries([QUARANTINED, OTHER], entries, TODAY) == []


def test_a_note_needs_no_acceptance_and_none_matches_it(tmp_path: Path) -> None:
    entries = runs.read_accepted(written(tmp_path, ENTRY.format(until="2026-01-01")))
    note = replace(QUARANTINED, status="note")
    assert runs.judge_findings([note], entries, TODAY) == [(note, None)]
    (warning,) = runs.unused_entries([note], entries, TODAY)
    assert warning.actual == "it matches nothing"


def test_an_expired_entry_no_longer_counts(tmp_path: Path) -> None:
    entries = runs.read_accepted(written(tmp_path, ENTRY.format(until="2025-09-26")))
    assert runs.judge_findings([QUARANTINED], entries, TODAY) == [(QUARANTINED, None)]
    (warning,) = runs.unused_entries([QUARANTINED], entries, TODAY)
    assert warning.status == "warn"
    assert "expired" in warning.actual


def test_an_entry_that_matches_nothing_is_a_warning(tmp_path: Path) -> None:
    entries = runs.read_accepted(written(tmp_path, ENTRY.format(until="2026-01-01")))
    fine = Finding("quarantine", "fuel_logs 1", "loaded", "loaded", "ok")
    (warning,) = runs.unused_entries([OTHER, fine], entries, TODAY)
    assert (warning.status, warning.subject) == ("warn", "quarantine: fuel_logs *")


@pytest.mark.parametrize("handled", ["rebind", "also", "leave"])
def test_a_dependent_is_accepted_with_what_becomes_of_it(tmp_path: Path, handled: str) -> None:
    entries = runs.read_accepted(written(tmp_path, f'{OUTSIDE}handled = "{handled}"'))
    assert [entry.handled for entry in entries] == [handled]
    ((_, reason),) = runs.judge_findings([DEPENDENT], entries, TODAY)
    assert reason == "the invoices go on with the new tables"
    assert runs.unused_entries([DEPENDENT], entries, TODAY) == []


def test_a_dependent_without_what_becomes_of_it_is_not_accepted(tmp_path: Path) -> None:
    entries = runs.read_accepted(written(tmp_path, OUTSIDE))
    assert runs.judge_findings([DEPENDENT], entries, TODAY) == [(DEPENDENT, None)]
    (warning,) = runs.unused_entries([DEPENDENT], entries, TODAY)
    assert (warning.status, warning.subject) == ("warn", "outside dependent: view billing.*")
    assert warning.actual == "it does not count without handled = rebind, also or leave"


def test_an_expired_entry_for_a_dependent_no_longer_counts(tmp_path: Path) -> None:
    text = OUTSIDE.replace("2026-01-01", "2025-09-26") + 'handled = "leave"'
    entries = runs.read_accepted(written(tmp_path, text))
    assert runs.judge_findings([DEPENDENT], entries, TODAY) == [(DEPENDENT, None)]
    (warning,) = runs.unused_entries([DEPENDENT], entries, TODAY)
    assert "expired" in warning.actual


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY.format(until="2026-01-01") + 'handled = "leave"', "handled only with check"),
        (OUTSIDE + 'handled = "drop"', "handled = rebind, also, leave in entry 1, found 'drop'"),
        (OUTSIDE + 'handled = ["leave"]', "handled = rebind, also, leave in entry 1"),
        (OUTSIDE + 'handled = ""', "handled = rebind, also, leave in entry 1"),
    ],
)
def test_what_handled_may_say(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(MotomindError, match=said):
        runs.read_accepted(written(tmp_path, text))


def test_an_empty_file_accepts_nothing(tmp_path: Path) -> None:
    assert runs.read_accepted(written(tmp_path, "")) == []


def test_brackets_and_question_marks_are_plain_text() -> None:
    entry = runs.Entry("c", "a [b]?", "r", TODAY)
    assert entry.matches(Finding("c", "a [b]?", "", "", "fail"))
    assert not entry.matches(Finding("c", "a bx", "", "", "fail"))


@pytest.mark.parametrize(
    "text",
    [
        "accepted = 3",
        "check = 'x'",
        "[[accepted]]\ncheck = 'x'",
        ENTRY.format(until="2026-01-01") + "more = 1",
        ENTRY.format(until="'soon'"),
        ENTRY.format(until="2026-01-01T10:00:00"),
        ENTRY.format(until="20260101"),
        ENTRY.format(until="2026-01-01").replace("test receipts, agreed with the owner", " "),
        "[[accepted]\n",
        "\x00",
    ],
)
def test_a_bad_file_is_an_error_of_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(MotomindError) as error:
        runs.read_accepted(written(tmp_path, text))
    assert str(error.value).startswith("accepted.toml: expected")
    assert "\n" not in str(error.value)
    assert error.value.exit_code == 2


def test_a_missing_file_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(MotomindError, match=r"none\.toml"):
        runs.read_accepted(tmp_path / "none.toml")
