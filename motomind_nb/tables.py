"""Tables for people: CSV files that are safe in a spreadsheet, and frames with readable headers.

A spreadsheet runs a cell that starts with ``=``, ``+``, ``-`` or ``@`` as a formula, so such a
text gets a leading quote. Numbers stay numbers: a negative amount is no formula. ``read_csv``
takes the quote off again, so that nothing is lost on the way.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

import numpy
import pandas

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
GUARDED = re.compile(r"'('*\s*[=+\-@＝＋－＠]|'*[\t\r\n])")
SPECIAL = re.compile(r'[",\r\n]')
ROWS, WIDTH = 80, 120  # rows that a table shows unless told otherwise, letters of a cell
UNITS = ("miles", "gallons", "days", "bytes", "seconds")
# csv refuses longer fields by default; a source may hold texts of any length
csv.field_size_limit(2**31 - 1)


def write_csv(path: Path, frame: pandas.DataFrame) -> Path:
    """Write a frame as CSV and return the path.

    UTF-8, lines end with a line feed, header first, no index, no value for NULL, booleans as
    true and false, the same frame gives the same bytes. The file appears complete or not at all.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        columns = [frame.iloc[:, place].tolist() for place in range(frame.shape[1])]
        file.write(_line(frame.columns))
        file.writelines(_line(row) for row in zip(*columns, strict=True))
    part.replace(path)
    return path


def read_csv(path: Path) -> pandas.DataFrame:
    """Return a CSV that ``write_csv`` wrote: all columns text, '' for NULL, quotes taken off.

    A missing file gives an empty frame. Reads only.
    """
    if not path.exists():
        return pandas.DataFrame()
    with path.open(encoding="utf-8", newline="") as file:
        rows = [[GUARDED.sub(r"\1", value, count=1) if GUARDED.match(value) else value
                 for value in row] for row in csv.reader(file)]  # fmt: skip
    return pandas.DataFrame(rows[1:], columns=rows[0] if rows else [], dtype=object)


def count_rows(path: Path) -> int:
    """Return how many rows a CSV holds below its header, without keeping them in memory."""
    with path.open(encoding="utf-8", newline="") as file:
        return max(0, sum(1 for _ in csv.reader(file)) - 1)


def _line(values: Iterable[object]) -> str:
    """Return one line of CSV.

    The csv module leaves a carriage return unquoted when lines end with a line feed, and reads
    two lines where one was written.
    """
    texts = [cell(value) for value in values]
    if texts == [""]:
        return '""\n'
    quoted = ('"' + text.replace('"', '""') + '"' if SPECIAL.search(text) else text
              for text in texts)  # fmt: skip
    return ",".join(quoted) + "\n"


def cell(value: object) -> str:
    """Return the text of one CSV cell."""
    if is_missing(value):
        return ""
    if isinstance(value, bool | numpy.bool_):
        return "true" if value else "false"
    text = str(value)
    if isinstance(value, str) and FORMULA.match(text) and not NUMBER.fullmatch(text):
        return "'" + text
    return text


def counted(rows: int | None) -> str:
    """Return a row count as words."""
    return "1 row" if rows == 1 else f"{rows} rows"


def is_missing(value: Any) -> bool:
    """Return whether a value stands for NULL (None, NaN, NaT, NA)."""
    return value is None or (pandas.api.types.is_scalar(value) and bool(pandas.isna(value)))


class Shown(pandas.DataFrame):
    """A frame as a notebook shows it: texts under readable headers, without an index."""

    def _repr_html_(self) -> str:
        with pandas.option_context("display.max_colwidth", WIDTH):
            text = self.to_html(
                index=False, border=0, max_rows=None, justify="left", notebook=False
            )
        line = f'<tr><td colspan="{len(self.columns)}">{{}}</td></tr>'
        if self.empty:
            return text.replace("<tbody>", "<tbody>" + line.format("no rows"))
        return (
            text.replace("</tbody>", line.format(self.cut()) + "</tbody>") if self.cut() else text
        )

    def __repr__(self) -> str:
        if self.empty:
            return f"no rows of: {', '.join(map(str, self.columns))}"
        text = self.to_string(index=False, max_rows=None, max_colwidth=WIDTH)
        return f"{text}\n{self.cut()}" if self.cut() else text

    def cut(self) -> str:
        """Return a sentence about the rows that are left out, empty when none are."""
        whole = self.attrs.get("rows", len(self))
        return f"the first {len(self):,} of {whole:,} rows" if whole > len(self) else ""


def show(frame: pandas.DataFrame, rows: int = ROWS) -> Shown:
    """Return the frame as a notebook shows it: readable headers, no index, no NaN.

    ``rows`` keeps the first so many rows; the table says how many there are. Neither the frame
    itself nor any option of pandas is changed.
    """
    part = frame.head(rows)
    texts = {heading(name): [_shown(value) for value in part[name].tolist()] for name in part}
    shown = Shown(texts, dtype=object)
    shown.attrs["rows"] = len(frame)
    return shown


def heading(name: Hashable) -> str:
    """Return a readable header: ``before_miles`` becomes ``Before (miles)``."""
    words = str(name).split("_")
    if len(words) > 1 and words[-1] in UNITS:
        words[-1] = f"({words[-1]})"
    text = " ".join(words).strip()
    return text[:1].upper() + text[1:]


def _shown(value: Any) -> object:
    """Return a value as a table shows it."""
    if is_missing(value):
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.3f}".rstrip("0")
    return value
