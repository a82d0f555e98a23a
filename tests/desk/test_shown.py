"""Frames that people can read: no NaN, units in the headings, a cut that says so."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd

from motomind_nb.desk import show
from motomind_nb.desk.shown import COLUMNS, attach_sentence


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
    frame = attach_sentence(pd.DataFrame({"<b>": ["<script>"]}), "1 < 2 rows.")
    shown = show(frame)
    assert "<script>" not in shown._repr_html_() and "&lt;b&gt;" in shown._repr_html_()
    assert shown._repr_html_().endswith("<p>1 &lt; 2 rows.</p>")
    assert repr(shown).endswith("1 < 2 rows.")
    assert show(frame.rename(columns=str))._repr_html_().endswith("rows.</p>")


def test_odd_values_are_shown_as_they_are() -> None:
    values = [0.0001, 2.9999, -0.0001, 17.5, 1e300, Decimal("1E+6"), Decimal("1234567.50")]
    texts = ["0.0001", "3", "-0.0001", "17.5", "1e+300", "1,000,000", "1,234,567.50"]
    page = show(pd.DataFrame({"value": pd.Series(values, dtype=object)}))._repr_html_()
    for text in texts:
        assert f'<td align="right">{text}</td>' in page, text
    years = show(pd.DataFrame({"year": [2024.0, None]}))._repr_html_()
    assert ">2024<" in years
    numpy_values = pd.DataFrame({"n": pd.Series([np.int64(1234), None], dtype=object)})
    assert '<td align="right">1,234</td>' in show(numpy_values)._repr_html_()
    flags = pd.DataFrame({"b": pd.Series([np.bool_(True)], dtype=object)})
    assert ">yes<" in show(flags)._repr_html_()


def test_unbroken_texts_are_cut_and_not_swallowed() -> None:
    page = show(pd.DataFrame({"hash": ["ab" * 400]}))._repr_html_()
    assert "abab" in page and "(800 letters)" in page
    assert "abab" in repr(show(pd.DataFrame({"hash": ["ab" * 40]})))


def test_names_that_are_there_twice_and_no_rows_at_all_are_shown() -> None:
    twice = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert repr(show(twice)).splitlines() == ["A  A", "1  2"]
    assert "The first 0 of 1 rows." in repr(show(twice, -1)) or "no rows" in repr(show(twice, -1))
