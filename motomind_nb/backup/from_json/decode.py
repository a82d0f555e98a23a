"""Decode JSON as it is written: numbers keep their digits, nothing is repaired or guessed.

Duplicate keys, NaN and Infinity, values too deep or too long are errors.
"""

from __future__ import annotations

import json
from typing import Any

from motomind_nb.core import Refused

ACTION = "mend the file, or export it again"
SPACE = " \t\r\n"
MOST_DIGITS = 4  # of a power of ten; double precision ends at 308, and jsonb writes all zeros out


class Bad(ValueError):  # noqa: N818 - a finding about a value
    """A value that can't be taken: what was expected and what was found instead."""

    def __init__(self, expected: str, found: str) -> None:
        self.expected, self.found = expected, found
        super().__init__(f"expected {expected}, found {found}")

    def at(self, place: str) -> Refused:
        """Return the refusal for a place in the file."""
        return Refused(place, self.expected, self.found, ACTION)


class Number(str):
    """A JSON number, as its digits."""

    __slots__ = ()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object's members. Raises: Bad for a key that comes twice."""
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Bad("each key once", f"key {twice[:80]!r} twice")
    return members


def _with_fraction(text: str) -> Number:
    """Return a number as its digits. Raises: Bad for a power of ten that fills a page."""
    power = text.lower().partition("e")[2]
    if len(power.lstrip("+-0")) > MOST_DIGITS:
        raise Bad(f"a power of ten of {MOST_DIGITS} digits at most", f"the number {text[:40]}")
    return Number(text)


def _no_constant(text: str) -> None:
    """Raise Bad: JSON has no NaN and no Infinity."""
    raise Bad("JSON", f"{text}, which JSON does not have")


DECODER = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_float=_with_fraction,
    parse_int=Number,
    parse_constant=_no_constant,
)


def decode(text: str, start: int) -> tuple[Any, int]:
    """Return the value that starts at a position, and where it ends. Raises: Bad, ValueError."""
    try:
        return DECODER.raw_decode(text, start)
    except RecursionError:
        raise Bad("values of some depth", "one nested too deeply") from None


def find_undecodable_key(text: str, start: int) -> tuple[str, Bad | None]:
    """Return the key of an object whose value can't be decoded, and why ('' where unknown).

    ``start`` is the position of the object's opening brace.
    """
    position, name = start + 1, ""
    try:
        while True:
            position = _skip(text, position, ",")
            if text[position] == "}":
                return "", None
            name, position = decode(text, position)
            position = _skip(text, position, ":")
            _, position = decode(text, position)
    except Bad as error:
        return str(name), error
    except (ValueError, IndexError):
        return str(name), None


def _skip(text: str, position: int, mark: str) -> int:
    """Return the position after white space and one optional mark."""
    while text[position] in SPACE + mark:
        position += 1
    return position


def json_with_exact_numbers(value: Any) -> str:
    """Return a decoded value as JSON again, every number with its own digits."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return (
            "{"
            + ",".join(f"{json.dumps(k)}:{json_with_exact_numbers(v)}" for k, v in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(map(json_with_exact_numbers, value)) + "]"
    return json.dumps(value)
