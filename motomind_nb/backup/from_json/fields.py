"""Turn a JSON value into the text that COPY reads, by the column's type; nothing is converted.

The server reads each text through the column's real type afterwards and refuses what does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from motomind_nb.backup.from_json.decode import Bad, Number, json_with_exact_numbers
from motomind_nb.postgres import Column

NULL = "\\N"
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# whatever the server would cut off, round or put in is refused: words such as "now", a time behind
# a date, a zone behind a time of day, digits that a type has no place for
DAY, CLOCK = r"\d{4,6}-\d\d-\d\d", r"\d\d:\d\d(:\d\d(\.\d{1,6}0*)?)?"
ZONE = r" ?(Z|[+-]\d\d(:?\d\d){0,2})"
DATE = re.compile(rf"{DAY}( BC)?|-?infinity")
MOMENT = re.compile(rf"{DAY}([T ]{CLOCK}({ZONE})?)?( BC)?|-?infinity")
TIME = re.compile(CLOCK)
SCALE = re.compile(r"numeric\(\d+,(\d+)\)")
NOT_FINITE = ("NaN", "Infinity", "-Infinity")
ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def copy_line(row: dict[str, Any], columns: tuple[Column, ...]) -> str:
    """Return a row as one line of COPY's text format.

    Raises: At, naming the column that is unknown, missing or of another kind than its type.
    """
    if len(row) > len(columns) or not row.keys() <= {column.name for column in columns}:
        unknown = next(name for name in row if name not in [column.name for column in columns])
        raise At(unknown, Bad("a column of this object", "an unknown one"))
    return "\t".join(_field(row, column) for column in columns) + "\n"


class At(Exception):  # noqa: N818 - a place
    """A bad value and the column it stands in."""

    def __init__(self, column: str, error: Bad) -> None:
        super().__init__(column)
        self.column, self.error = column[:80], error


def _field(row: dict[str, Any], column: Column) -> str:
    """Return one column's text."""
    value = row.get(column.name)
    if value is None:
        if column.nullable:
            return NULL
        found = "null" if column.name in row else "no such key"
        raise At(column.name, Bad(f"a value of type {column.type}", found))
    try:
        return _clean(value_reader(column.type)(value)).translate(ESCAPES)
    except Bad as error:
        raise At(column.name, error) from None


@cache
def value_reader(type_name: str) -> Callable[[Any], str]:
    """Return the function that reads values of a type."""
    scale = SCALE.fullmatch(type_name)
    if scale:
        return _decimal(int(scale[1]))
    for prefix, function in READERS.items():
        if type_name.startswith(prefix):
            return _array if type_name.endswith("[]") else function
    return _text


def _clean(text: str) -> str:
    """Return the text. Raises: Bad for what no database text can hold."""
    if "\x00" in text:
        raise Bad("text without the character U+0000", "one with it")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Bad("text in Unicode", "half of a surrogate pair") from None
    return text


def _text(value: Any) -> str:
    if not isinstance(value, str) or isinstance(value, Number):
        raise Bad("a text", describe_json_value(value))
    return value


def _matching(pattern: re.Pattern[str], wanted: str) -> Callable[[Any], str]:
    """Return a reader of texts of one form."""

    def read(value: Any) -> str:
        text = _text(value)
        if not pattern.fullmatch(text):
            raise Bad(wanted, repr(text[:60]))
        return text

    return read


def _integer(value: Any) -> str:
    if not isinstance(value, Number) or not value.lstrip("-").isdigit():
        raise Bad("a whole number", describe_json_value(value))
    return str(value)


def _number(value: Any) -> str:
    if not isinstance(value, Number) and value not in NOT_FINITE:
        raise Bad("a number", describe_json_value(value))
    return str(value)


def _decimal(scale: int) -> Callable[[Any], str]:
    """Return a reader of numbers with so many decimals, which the server would round to."""

    def read(value: Any) -> str:
        text = _number(value)
        if text not in NOT_FINITE and _decimals(text) > scale:
            raise Bad(f"a number with {scale} decimals at most", describe_json_value(value))
        return text

    return read


def _decimals(text: str) -> int:
    """Return how many decimals a number in JSON has, zeros at the end aside."""
    digits, _, power = text.lower().partition("e")
    whole, _, decimals = digits.partition(".")
    shown = (whole + decimals).rstrip("0")
    if not shown.strip("-0"):
        return 0
    zeros = len(whole + decimals) - len(shown)
    return len(decimals) - zeros - int(power or 0)


def _double(value: Any) -> str:
    text = _number(value)
    if text not in NOT_FINITE and Decimal(text) != Decimal(repr(float(text))):
        raise Bad(
            "a number that double precision holds as it is written", describe_json_value(value)
        )
    return text


def _boolean(value: Any) -> str:
    if not isinstance(value, bool):
        raise Bad("true or false", describe_json_value(value))
    return "t" if value else "f"


def _array(value: Any) -> str:
    """Return a list of texts (or lists of them) as PostgreSQL writes arrays."""
    if not isinstance(value, list):
        raise Bad("a list", describe_json_value(value))
    return "{" + ",".join(map(_element, value)) + "}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, list):
        return _array(value)
    text = _text(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


READERS: dict[str, Callable[[Any], str]] = {
    "uuid": _matching(UUID, "an id (uuid)"),
    "date": _matching(DATE, "a date like 2025-09-26"),
    "timestamp": _matching(MOMENT, "a time like 2025-09-26T12:00:00+00:00"),
    "time ": _matching(TIME, "a time of day like 06:55:00"),
    "integer": _integer,
    "bigint": _integer,
    "smallint": _integer,
    "numeric": _number,
    "double": _double,
    "real": _number,
    "boolean": _boolean,
    "json": json_with_exact_numbers,
    "text": _text,
    "character": _text,
}


def describe_json_value(value: Any) -> str:
    """Return what a JSON value is, for a message: its type and a glimpse of it at most."""
    if isinstance(value, Number):
        return f"the number {value[:40]}"
    names = {str: "a text", bool: "true or false", dict: "an object", list: "a list"}
    return names.get(type(value), "null")
