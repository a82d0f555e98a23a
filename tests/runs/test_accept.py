"""The accept file: what it must hold, what it accepts, when it stops, and what it never hides."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from motomind_nb import runs
from motomind_nb.core import Finding, MotomindError, digest_of

TODAY = date(2025, 9, 27)
FUEL = Finding("quarantine", "fuel_logs: no_amount", "loaded", "18 rows", "fail", "", 18, "a" * 64)
OTHER = Finding("quarantine", "reminders: old", "loaded", "3 rows", "fail", "", 3, "b" * 64)
DEPENDENT = Finding("outside dependent", "view billing.cars", "handled", "depends on x", "fail")
SAID = "test receipts (Ayse, until 2026-01-01)"


def entry(found: Sequence[Finding], subject: str = "", **changed: object) -> str:
    """The text of an entry that accepts these findings, something changed."""
    known: dict[str, object] = {
        "check": found[0].check,
        "subject": subject or found[0].subject,
        "rows": sum(item.rows for item in found),
        "digest": found[0].digest
        if len(found) == 1
        else digest_of(sorted(item.digest for item in found)),
        "reason": "test receipts",
        "by": "Ayse",
        "until": date(2026, 1, 1),
    }
    lines = [
        f"{name} = {value if isinstance(value, int | date) else repr(value)}"
        for name, value in (known | changed).items()
        if value is not None
    ]
    return "\n".join(["[[accepted]]", *lines, ""])


def written(folder: Path, text: str) -> Path:
    path = folder / "accepted.toml"
    path.write_text(text)
    return path


def read(folder: Path, text: str) -> list[runs.Entry]:
    return runs.read_accepted(written(folder, text))


def why_idle(entries: list[runs.Entry], *found: Finding) -> str:
    (warning,) = runs.unused_entries([found], entries, TODAY)
    assert warning.status == "warn"
    return warning.found


def test_an_entry_as_json_is_one_line_with_all_that_it_says(tmp_path: Path) -> None:
    (one,) = read(tmp_path, entry([FUEL], reason="café"))
    said = json.loads(one.as_json)
    assert "\n" not in one.as_json and "café" in one.as_json
    assert said | {"reason": "café", "until": "2026-01-01", "rows": FUEL.rows} == said
    assert said["check"] == FUEL.check and said["handled"] == ""


@pytest.mark.parametrize("until", [date(2025, 9, 27), "2025-12-31"])
def test_an_entry_accepts_what_it_names_and_no_more(tmp_path: Path, until: object) -> None:
    entries = read(tmp_path, entry([FUEL], until=until))
    said = f"test receipts (Ayse, until {until})"
    assert runs.judge_findings([FUEL, OTHER], entries, TODAY) == [(FUEL, said), (OTHER, None)]
    assert runs.unused_entries([[FUEL, OTHER]], entries, TODAY) == []


@pytest.mark.parametrize(
    "now",
    [
        replace(FUEL, rows=19, digest="c" * 64),
        replace(FUEL, rows=17, digest="c" * 64),
        replace(FUEL, digest="c" * 64),  # as many rows, but others
    ],
    ids=["one more", "one less", "another one"],
)
def test_an_entry_stops_counting_when_its_rows_change(tmp_path: Path, now: Finding) -> None:
    entries = read(tmp_path, entry([FUEL]))
    assert runs.judge_findings([now, OTHER], entries, TODAY) == [(now, None), (OTHER, None)]
    said = why_idle(entries, now, OTHER)
    assert "no longer counts" in said and now.digest[:12] in said


def test_a_star_counts_all_that_it_matches_and_stops_with_any_of_them(tmp_path: Path) -> None:
    entries = read(tmp_path, entry([FUEL, OTHER], "*"))
    assert [why for _, why in runs.judge_findings([FUEL, OTHER], entries, TODAY)] == [SAID, SAID]
    more = replace(OTHER, subject="users: no_tenant", rows=1, digest="d" * 64)
    for found in ([FUEL], [FUEL, OTHER, more], [FUEL, replace(OTHER, digest="e" * 64)]):
        assert {why for _, why in runs.judge_findings(found, entries, TODAY)} == {None}
        assert "no longer counts" in why_idle(entries, *found)


def test_a_note_needs_no_acceptance_and_none_matches_it(tmp_path: Path) -> None:
    entries = read(tmp_path, entry([FUEL]))
    note = replace(FUEL, status="note")
    assert runs.judge_findings([note], entries, TODAY) == [(note, None)]
    assert why_idle(entries, note) == "it matches nothing"


def test_an_expired_entry_no_longer_counts(tmp_path: Path) -> None:
    entries = read(tmp_path, entry([FUEL], until=date(2025, 9, 26)))
    assert runs.judge_findings([FUEL], entries, TODAY) == [(FUEL, None)]
    assert "expired" in why_idle(entries, FUEL)


def test_an_entry_that_matches_nothing_is_a_warning(tmp_path: Path) -> None:
    entries = read(tmp_path, entry([FUEL]))
    assert why_idle(entries, OTHER, replace(FUEL, status="ok")) == "it matches nothing"


@pytest.mark.parametrize("handled", ["rebind", "also", "leave"])
def test_a_dependent_is_accepted_with_what_becomes_of_it(tmp_path: Path, handled: str) -> None:
    entries = read(tmp_path, entry([DEPENDENT], "view billing.*", handled=handled))
    assert [item.handled for item in entries] == [handled]
    assert runs.judge_findings([DEPENDENT], entries, TODAY) == [(DEPENDENT, SAID)]
    assert runs.unused_entries([[DEPENDENT]], entries, TODAY) == []


def test_a_dependent_without_what_becomes_of_it_is_not_accepted(tmp_path: Path) -> None:
    entries = read(tmp_path, entry([DEPENDENT]))
    assert runs.judge_findings([DEPENDENT], entries, TODAY) == [(DEPENDENT, None)]
    assert why_idle(entries, DEPENDENT) == (
        "it does not count without handled = rebind, also or leave"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (entry([FUEL], handled="leave"), "handled only with check"),
        (entry([DEPENDENT], handled="drop"), "rebind, also, leave in handled of entry 1, found 'd"),
        (entry([DEPENDENT]) + 'handled = ["leave"]', "handled = rebind, also, leave"),
        (entry([DEPENDENT], handled=""), "handled = rebind, also, leave in entry 1"),
        (entry([FUEL], reason=""), "a text that is not empty in reason of entry 1, found ''"),
        (entry([FUEL]) + entry([OTHER], by=" "), "not empty in by of entry 2, found ' '"),
        (entry([FUEL], by=None), "not empty in by of entry 1, found none"),
        (entry([FUEL], digest=None), "as motomind accept prints them, in digest of entry 1"),
        (entry([FUEL], digest="a" * 63), "64 hexadecimal digits"),
        (entry([FUEL], rows=-1), "the number of rows in rows of entry 1, found -1"),
        (entry([FUEL], rows="18"), "the number of rows in rows of entry 1, found '18'"),
        (entry([FUEL], more=1), "found more, which is unknown"),
        (entry([FUEL], until="soon"), "a date in until of entry 1, found 'soon'"),
        (entry([FUEL], until="20260101"), "a date in until of entry 1"),
        (entry([FUEL], until=None) + "until = 2026-01-01T10:00:00", "a date in until of entry 1"),
        ("accepted = 3", "tables only"),
        ("accepted = [3]", "in entry 1, found 3"),
        ("check = 'x'", "tables only"),
        ("[[accepted]]\ncheck = 'x'", "in subject of entry 1, found none"),
        ("[[accepted]\n", "a TOML file that can be read"),
        ("\x00", "a TOML file that can be read"),
    ],
)
def test_a_bad_file_is_an_error_of_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(MotomindError) as error:
        read(tmp_path, text)
    line = str(error.value)
    assert line.startswith("accepted.toml: expected") and said in line and "\n" not in line
    assert error.value.exit_code == 2


def test_an_empty_file_accepts_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "") == []


def test_brackets_and_question_marks_are_plain_text(tmp_path: Path) -> None:
    (known,) = read(tmp_path, entry([FUEL], "a [b]?"))
    assert known.matches(replace(FUEL, subject="a [b]?"))
    assert not known.matches(replace(FUEL, subject="a bx"))


def test_a_missing_file_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(MotomindError, match=r"none\.toml"):
        runs.read_accepted(tmp_path / "none.toml")


def test_a_printed_file_is_refused_until_a_person_has_signed_it(tmp_path: Path) -> None:
    odd = replace(OTHER, subject='view "b\\c"\n\x07 [x]')
    twice = [FUEL, replace(FUEL, status="warn", rows=2, digest="f" * 64), odd, DEPENDENT]
    empty = {"reason": "", "by": "", "until": date(2026, 1, 1)}
    text = runs.accept_file([twice], [], empty)
    with pytest.raises(MotomindError, match="in reason of entry 1, found ''"):
        read(tmp_path, text)
    signed = runs.accept_file([twice], [], {**empty, "reason": "r", "by": "b"})
    assert [line["subject"] for line in tomllib.loads(signed)["accepted"]] == [
        FUEL.subject,
        odd.subject,
        DEPENDENT.subject,
    ]
    with pytest.raises(MotomindError, match="handled = rebind"):
        read(tmp_path, signed)
    entries = read(tmp_path, signed.replace('handled = ""', 'handled = "leave"'))
    assert all(why for _, why in runs.judge_findings(twice, entries, TODAY))
    # what a person has written once is kept, for the rows as they are now
    more = replace(FUEL, rows=20, digest="9" * 64)
    again = runs.accept_file([[more]], entries, empty)
    assert read(tmp_path, again)[0].reason == "r"
    assert runs.judge_findings([more], read(tmp_path, again), TODAY)[0][1] is not None
