"""CSV that is safe in a spreadsheet and loses nothing; headings and counts as words."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from motomind_nb.core import MotomindError, tables

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "'=1",
    "＝1",
    '=HYPERLINK("x")',
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text_and_comes_back_as_it_was(text: str, tmp_path: Path) -> None:
    path = tables.write_csv(tmp_path / "a.csv", pd.DataFrame({"a": [text]}))
    with path.open(newline="") as file:
        assert list(csv.reader(file))[1][0] == "'" + text
    assert tables.read_csv(path)["a"].tolist() == [text]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-5, "-5"),
        (-5.25, "-5.25"),
        (Decimal("-17.50"), "-17.50"),
        ("-5", "-5"),
        ("+1e3", "+1e3"),
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        (pd.NA, ""),
        (True, "true"),
        (np.bool_(False), "false"),
        (np.int64(-7), "-7"),
        ("- a", "'- a"),
    ],
)
def test_numbers_stay_numbers(value: object, text: str) -> None:
    assert tables.csv_cell(value) == text


@given(some.lists(some.tuples(some.text(), some.text()), min_size=1, max_size=5))
def test_any_text_survives(rows: list[tuple[str, str]]) -> None:
    from tempfile import TemporaryDirectory

    frame = pd.DataFrame(rows, columns=["a", "=b"], dtype=object)
    with TemporaryDirectory() as folder:
        # half a surrogate pair is no text that a file could hold
        try:
            path = tables.write_csv(Path(folder) / "a.csv", frame)
        except UnicodeEncodeError:
            return
        told = [
            {name: tables.escape_control_characters(text) for name, text in row.items()}
            for row in frame.to_dict("records")
        ]
        assert tables.read_csv(path).to_dict("records") == told
        assert tables.count_rows(path) == len(rows)


def test_the_same_frame_gives_the_same_bytes_and_no_half_file(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [1, None], "b": ["x,y\n", "é"]}, dtype=object)
    first = tables.write_csv(tmp_path / "a.csv", frame).read_bytes()
    assert tables.write_csv(tmp_path / "b.csv", frame).read_bytes() == first
    assert b"\r" not in first and not list(tmp_path.glob("*.part"))


def test_a_megabyte_in_one_cell_is_read_back(tmp_path: Path) -> None:
    path = tables.write_csv(tmp_path / "a.csv", pd.DataFrame({"a": ["x" * 1_000_000]}))
    assert len(tables.read_csv(path)["a"][0]) == 1_000_000


def test_a_missing_file_is_an_empty_frame(tmp_path: Path) -> None:
    assert tables.read_csv(tmp_path / "none.csv").empty


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("source_rows", "Source rows"),
        ("before_miles", "Before (miles)"),
        ("object", "Object"),
        ("miles", "Miles"),
        ("gallons_left_days", "Gallons left (days)"),
    ],
)
def test_headings_are_readable_and_carry_units(name: str, heading: str) -> None:
    assert tables.readable_heading(name) == heading


def test_a_count_is_words() -> None:
    assert [tables.rows_counted(number) for number in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]


ESCAPES = ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "a\x00b", "gnp.\u202egpj", "\x7f", "\x08\x08"]


@pytest.mark.parametrize("text", ESCAPES)
def test_no_control_character_reaches_a_file_or_a_message(text: str, tmp_path: Path) -> None:
    path = tables.write_csv(tmp_path / "a.csv", pd.DataFrame({"a": [text], text: [1]}))
    error = MotomindError(text, text, text, text)
    for told in (path.read_text(), str(error), tables.escape_control_characters(text)):
        assert not any(letter in told for letter in text if not letter.isprintable())
    for letter in text:
        if not letter.isprintable():
            assert letter.encode("unicode_escape").decode() in tables.escape_control_characters(
                text
            )


def test_what_is_no_control_character_stays() -> None:
    text = "tab\t, line\n, مركبة, \u200f, 車, \U0001f697, back\\slash"
    assert tables.escape_control_characters(text) == text
