"""Tables and charts as a notebook shows them."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

from motomind_nb.charts import Chart
from motomind_nb.core import is_missing, readable_heading

ROWS = 80  # that a table shows unless told otherwise
COLUMNS = 14  # that a table shows; it names the others
LONGEST = 600  # letters of a cell; longer texts end at a word, with a mark and their length
NARROW = 60  # letters of a cell where a table is shown as plain text
LARGE, SMALL = 1e15, 1e-3  # beyond these a float is written with an exponent
YEARS = ("year", "years")  # last words of columns whose numbers are names: 2024, not 2,024


class Shown:
    """A table as a notebook shows it: texts under readable headers, and what it says below.

    In HTML texts stand left and numbers right; in plain text long cells end at a word.
    """

    def __init__(self, frame: pd.DataFrame, rows: int, sentence: str) -> None:
        frame = frame.drop(columns="digest", errors="ignore")  # sixty-four letters for machines
        part = frame.iloc[: max(rows, 0), :COLUMNS]
        self.names = [readable_heading(name) for name in part]
        # by position: names may be there twice
        columns = [part.iloc[:, place].tolist() for place in range(part.shape[1])]
        self.texts = [
            [_shown(value, name) for value in values]
            for name, values in zip(part.columns, columns, strict=True)
        ]
        self.numeric = [_is_numeric(values) for values in columns]
        self.notes = [*_left_out(frame, rows), *([sentence] if sentence else [])]

    def _repr_html_(self) -> str:
        sides = ["right" if numeric else "left" for numeric in self.numeric]
        head = "".join(
            f'<th align="{side}">{html.escape(name)}</th>'
            for name, side in zip(self.names, sides, strict=True)
        )
        body = "".join(
            "<tr>" + "".join(map(_cell, row, sides)) + "</tr>\n"
            for row in zip(*self.texts, strict=True)
        )
        table = f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody>"
        table = f'<table class="dataframe">{table}</table>' if body else "<p>no rows</p>"
        return table + "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)

    def __repr__(self) -> str:
        if not self.texts or not self.texts[0]:
            return "\n".join([f"no rows of: {', '.join(self.names)}", *self.notes])
        columns = [
            _aligned([name, *texts], numeric)
            for name, texts, numeric in zip(self.names, self.texts, self.numeric, strict=True)
        ]
        lines = ["  ".join(row).rstrip() for row in zip(*columns, strict=True)]
        return "\n".join([*lines, *self.notes])


class Sentence(str):
    """One sentence, which a notebook shows as prose."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return f"**{html.escape(self)}**"

    def __repr__(self) -> str:
        return str(self)


def show(frame: pd.DataFrame, rows: int = ROWS) -> Shown:
    """Return the frame as a notebook shows it: readable headers, no index, no NaN.

    ``rows`` keeps the first so many rows; the table says how many there are. What the frame means
    (``attach_sentence``) stands below it. The frame itself is not changed.
    """
    return Shown(frame, rows, str(frame.attrs.get("says", "")))


def attach_sentence(frame: pd.DataFrame, sentence: str) -> pd.DataFrame:
    """Return a copy of the frame that carries a sentence, computed from it, for ``show``."""
    copy = frame.copy()
    copy.attrs["says"] = sentence
    return copy


def without_notes(findings: pd.DataFrame) -> pd.DataFrame:
    """Return the failures and warnings: a note is counted, and nobody has to act on it."""
    return findings[~findings["status"].isin(("ok", "note"))]


def draw(pictures: Iterable[Chart]) -> None:
    """Show charts one below the other in a notebook."""
    from IPython.display import display

    for picture in pictures:
        display(picture)  # type: ignore[no-untyped-call]


def _left_out(frame: pd.DataFrame, rows: int) -> list[str]:
    """Return sentences about the rows and columns that a table leaves out."""
    notes = []
    if len(frame) > rows:
        notes.append(f"The first {rows:,} of {len(frame):,} rows.")
    if frame.shape[1] > COLUMNS:
        others = ", ".join(str(name) for name in frame.columns[COLUMNS:])
        notes.append(f"Not shown: the columns {others}.")
    return notes


def _cell(text: str, side: str) -> str:
    """Return one cell as HTML."""
    return f'<td align="{side}">{html.escape(text)}</td>'


def _aligned(texts: list[str], numeric: bool) -> list[str]:
    """Return the lines of one column of plain text, all of one width."""
    short = [_cut(" ".join(text.split()), NARROW, " …") for text in texts]
    width = max(map(len, short))
    return [text.rjust(width) if numeric else text.ljust(width) for text in short]


def _is_numeric(values: list[Any]) -> bool:
    """Return whether a column holds numbers and nothing else."""
    known = [value for value in values if not is_missing(value)]
    return bool(known) and all(
        isinstance(value, Integral | Real | Decimal) and not isinstance(value, bool | np.bool_)
        for value in known
    )


def _shown(value: Any, name: object) -> str:
    """Return a value as a table shows it; a name of the column tells years from counts."""
    if is_missing(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, Integral | Real | Decimal):
        return _number(value, is_year=str(name).split("_")[-1] in YEARS)
    return _cut(str(value), LONGEST, f" … ({len(str(value)):,} letters)")


def _number(value: Any, *, is_year: bool) -> str:
    """Return a number as a table shows it: a decimal number keeps its digits."""
    if isinstance(value, Decimal):
        return f"{value:,f}"
    whole = float(value).is_integer()
    if whole and abs(value) < LARGE:
        return f"{int(value)}" if is_year else f"{int(value):,}"
    if whole or abs(value) < SMALL or abs(value) >= LARGE:
        return f"{value:g}"
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def _cut(text: str, most: int, mark: str) -> str:
    """Return the text, cut at a word where it is longer, or where it has none hard."""
    if len(text) <= most:
        return text
    short = textwrap.shorten(text, most, placeholder=mark)
    return short if short != mark.strip() else text[: most - len(mark)] + mark
