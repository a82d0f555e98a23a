"""Tables as text: CSV files that are safe in a spreadsheet, readable headers, counts as words.

A spreadsheet runs a cell that starts with ``=``, ``+``, ``-`` or ``@`` as a formula, so such a
text gets a leading quote. Numbers stay numbers: a negative amount is no formula. ``read_csv``
takes the quote off again, so that nothing is lost on the way.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motomind_nb.core.files import naming_path

if TYPE_CHECKING:
    import pandas as pd

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
# control characters but tab, line feed and carriage return; and those that turn a text around
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
GUARDED = re.compile(r"'('*\s*[=+\-@＝＋－＠]|'*[\t\r\n])")
SPECIAL = re.compile(r'[",\r\n]')
UNITS = ("miles", "gallons", "days", "bytes", "seconds")
# csv refuses longer fields by default; a source may hold texts of any length
csv.field_size_limit(2**31 - 1)


def write_csv(path: Path, frame: pd.DataFrame) -> Path:
    """Write a frame as CSV and return the path.

    UTF-8, lines end with a line feed, header first, no index, no value for NULL, booleans as
    true and false, the same frame gives the same bytes. The file appears complete or not at all.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with naming_path(path), part.open("w", encoding="utf-8", newline="") as file:
        columns = [frame.iloc[:, place].tolist() for place in range(frame.shape[1])]
        file.write(_line(frame.columns))
        file.writelines(_line(row) for row in zip(*columns, strict=True))
    part.replace(path)
    return path


def read_csv(path: Path) -> pd.DataFrame:
    """Return a CSV that ``write_csv`` wrote: all columns text, '' for NULL, quotes taken off.

    A missing file gives an empty frame. Reads only.
    """
    import pandas as pd

    rows = list(csv_lines(path))
    return pd.DataFrame(rows[1:], columns=rows[0] if rows else [], dtype=object)


def csv_lines(path: Path) -> Iterator[list[str]]:
    """Yield the lines of a CSV that ``write_csv`` wrote, the header first, quotes taken off.

    A missing file has none; only one line at a time is in memory. Reads only.
    """
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            yield [without_guard(value) for value in row]


def without_guard(text: str) -> str:
    """Return a cell of a CSV file without the quote that keeps it from being a formula."""
    return GUARDED.sub(r"\1", text, count=1) if GUARDED.match(text) else text


def count_rows(path: Path) -> int:
    """Return how many rows a CSV holds below its header, without keeping them in memory."""
    with path.open(encoding="utf-8", newline="") as file:
        return max(0, sum(1 for _ in csv.reader(file)) - 1)


def _line(values: Iterable[object]) -> str:
    """Return one line of CSV.

    The csv module leaves a carriage return unquoted when lines end with a line feed, and reads
    two lines where one was written.
    """
    texts = [csv_cell(value) for value in values]
    if texts == [""]:
        return '""\n'
    quoted = (
        '"' + text.replace('"', '""') + '"' if SPECIAL.search(text) else text for text in texts
    )
    return ",".join(quoted) + "\n"


def escape_control_characters(text: str) -> str:
    """Return the text with control characters written as text, for example \\x1b.

    A terminal that shows a value would obey them: clear the screen, set the title, hide a line.
    """
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def csv_cell(value: object) -> str:
    """Return the text of one CSV cell."""
    if is_missing(value):
        return ""
    text = escape_control_characters(value) if isinstance(value, str) else str(value)
    if text in ("True", "False") and not isinstance(value, str):
        return text.lower()
    if isinstance(value, str) and FORMULA.match(text) and not NUMBER.fullmatch(text):
        return "'" + text
    return text


def rows_counted(rows: int | None) -> str:
    """Return a row count as words."""
    return "1 row" if rows == 1 else f"{rows:,} rows" if rows is not None else "None rows"


def is_missing(value: Any) -> bool:
    """Return whether a value stands for NULL (None, NaN, NaT, NA)."""
    import pandas as pd

    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def readable_heading(name: Hashable) -> str:
    """Return a readable header: ``before_miles`` becomes ``Before (miles)``."""
    words = str(name).split("_")
    if len(words) > 1 and words[-1] in UNITS:
        words[-1] = f"({words[-1]})"
    text = " ".join(words).strip()
    return text[:1].upper() + text[1:]
