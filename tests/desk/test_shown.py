"""Frames that people can read: no NaN, units in the headings, a cut that says so."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from motomind_nb.desk import show
from motomind_nb.desk.shown import COLUMNS, says


def test_a_shown_frame_has_no_nan_and_leaves_the_frame_alone() -> None:
    frame = pd.DataFrame({"rows": [1234567, None], "mpg": [17.5, 20.0], "ok": [True, None]})
    before = frame.copy()
    shown = show(frame, 1)
    assert repr(shown).splitlines()[:2] == ["     Rows   Mpg  Ok", "1,234,567  17.5  yes"]
    assert "nan" not in shown._repr_html_().lower() and "1,234,567" in shown._repr_html_()
    pd.testing.assert_frame_equal(frame, before)


def test_an_empty_table_says_so() -> None:
    shown = show(pd.DataFrame(columns=["first_date", "cause"]))
    assert "<p>no rows</p>" in shown._repr_html_()
    assert repr(shown) == "no rows of: First date, Cause"


def test_a_table_that_is_cut_says_so() -> None:
    """However pandas is set: what a table shows depends on nothing that another test left."""
    frame = pd.DataFrame({"number": range(90)})
    for shown, text in (
        (show(frame), "The first 80 of 90 rows."),
        (show(frame, 2), "The first 2 of 90 rows."),
    ):
        assert text in repr(shown) and f"<p>{text}</p>" in shown._repr_html_()
    assert "rows" not in repr(show(frame, 90))


def test_columns_that_are_left_out_are_named() -> None:
    wide = pd.DataFrame({f"column_{number}": [number] for number in range(COLUMNS + 2)})
    text = repr(show(wide))
    assert text.endswith(f"Not shown: the columns column_{COLUMNS}, column_{COLUMNS + 1}.")


def test_numbers_stand_right_and_years_are_no_counts() -> None:
    frame = pd.DataFrame(
        {"year": [2024], "sum": [Decimal("9.50")], "made": [1234], "note": ["1234"]}
    )
    page = show(frame)._repr_html_()
    assert '<td align="right">2024</td><td align="right">9.50</td>' in page
    assert '<td align="right">1,234</td><td align="left">1234</td>' in page


def test_a_long_text_ends_at_a_word_and_says_how_long_it_was() -> None:
    text = "a sentence that goes on and on; " * 60
    page = show(pd.DataFrame({"note": [text]}))._repr_html_()
    assert f" … ({len(text):,} letters)" in page and "goes …" not in page
    short = "One sentence of more than a hundred and twenty letters is shown whole, however" * 2
    assert short in show(pd.DataFrame({"note": [short]}))._repr_html_()


def test_what_a_table_means_stands_below_it_and_markup_stays_text() -> None:
    frame = says(pd.DataFrame({"<b>": ["<script>"]}), "1 < 2 rows.")
    shown = show(frame)
    assert "<script>" not in shown._repr_html_() and "&lt;b&gt;" in shown._repr_html_()
    assert shown._repr_html_().endswith("<p>1 &lt; 2 rows.</p>")
    assert repr(shown).endswith("1 < 2 rows.")
    assert show(frame.rename(columns=str))._repr_html_().endswith("rows.</p>")
