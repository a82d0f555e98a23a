"""CSV that is safe in a spreadsheet and loses nothing, and frames that people can read."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import numpy
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as some

from motomind_nb import tables

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
    path = tables.write_csv(tmp_path / "a.csv", pandas.DataFrame({"a": [text]}))
    with path.open(newline="") as file:
        assert list(csv.reader(file))[1][0] == "'" + text
    assert tables.read_csv(path)["a"].tolist() == [text]


@pytest.mark.parametrize(
    ("value", "text"),
    [(-5, "-5"), (-5.25, "-5.25"), (Decimal("-17.50"), "-17.50"), ("-5", "-5"), ("+1e3", "+1e3"),
     (None, ""), (float("nan"), ""), (pandas.NaT, ""), (pandas.NA, ""), (True, "true"),
     (numpy.bool_(False), "false"), (numpy.int64(-7), "-7"), ("- a", "'- a")],
)  # fmt: skip
def test_numbers_stay_numbers(value: object, text: str) -> None:
    assert tables.cell(value) == text


@given(some.lists(some.tuples(some.text(), some.text()), min_size=1, max_size=5))
def test_any_text_survives(rows: list[tuple[str, str]]) -> None:
    from tempfile import TemporaryDirectory

    frame = pandas.DataFrame(rows, columns=["a", "=b"], dtype=object)
    with TemporaryDirectory() as folder:
        # half a surrogate pair is no text that a file could hold
        try:
            path = tables.write_csv(Path(folder) / "a.csv", frame)
        except UnicodeEncodeError:
            return
        assert tables.read_csv(path).to_dict("records") == frame.to_dict("records")
        assert tables.count_rows(path) == len(rows)


def test_the_same_frame_gives_the_same_bytes_and_no_half_file(tmp_path: Path) -> None:
    frame = pandas.DataFrame({"a": [1, None], "b": ["x,y\n", "é"]}, dtype=object)
    first = tables.write_csv(tmp_path / "a.csv", frame).read_bytes()
    assert tables.write_csv(tmp_path / "b.csv", frame).read_bytes() == first
    assert b"\r" not in first and not list(tmp_path.glob("*.part"))


def test_a_megabyte_in_one_cell_is_read_back(tmp_path: Path) -> None:
    path = tables.write_csv(tmp_path / "a.csv", pandas.DataFrame({"a": ["x" * 1_000_000]}))
    assert len(tables.read_csv(path)["a"][0]) == 1_000_000


def test_a_missing_file_is_an_empty_frame(tmp_path: Path) -> None:
    assert tables.read_csv(tmp_path / "none.csv").empty


@pytest.mark.parametrize(
    ("name", "heading"),
    [("source_rows", "Source rows"), ("before_miles", "Before (miles)"), ("object", "Object"),
     ("miles", "Miles"), ("gallons_left_days", "Gallons left (days)")],
)  # fmt: skip
def test_headings_are_readable_and_carry_units(name: str, heading: str) -> None:
    assert tables.heading(name) == heading


def test_a_shown_frame_has_no_nan_and_leaves_the_frame_alone() -> None:
    frame = pandas.DataFrame({"rows": [1234567, None], "mpg": [17.5, 20.0], "ok": [True, None]})
    before = frame.copy()
    shown = tables.show(frame, 1)
    assert shown.to_dict("records") == [{"Rows": "1,234,567", "Mpg": "17.5", "Ok": True}]
    assert "<th></th>" not in shown._repr_html_() and "1,234,567" in repr(shown)
    pandas.testing.assert_frame_equal(frame, before)


def test_an_empty_table_says_so() -> None:
    shown = tables.show(pandas.DataFrame(columns=["first_date", "cause"]))
    assert '<td colspan="2">no rows</td>' in shown._repr_html_()
    assert repr(shown) == "no rows of: First date, Cause"


def test_a_count_is_words() -> None:
    assert [tables.counted(number) for number in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]


def test_a_table_that_is_cut_says_so() -> None:
    """However pandas is set: what a table shows depends on nothing that another test left."""
    frame = pandas.DataFrame({"number": range(90)})
    for shown, text in (
        (tables.show(frame), "the first 80 of 90 rows"), (tables.show(frame, 90), ""),
        (tables.show(frame, 2), "the first 2 of 90 rows"),
    ):  # fmt: skip
        assert shown.cut() == text
        assert text in repr(shown) and f'<td colspan="1">{text}</td>'[: 99 * len(text)] in (
            shown._repr_html_()
        )
