"""The exact text of a database value as JSON, as the original export's service wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

NUMBERS = ("integer", "bigint", "smallint", "numeric", "double", "real")
ZONED = re.compile(r"(\d{4,6}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)\+00")
TOKEN = re.compile(r'[{},]|"((?:[^"\\]|\\.)*)"|[^{},"]+', re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def json_value_writer(type_name: str) -> Callable[[str], str]:
    """Return the function that writes values of a type as JSON."""
    if type_name.endswith("[]"):
        return lambda text: texts_as_json(array_elements(text))
    if type_name.startswith(NUMBERS):
        return _number
    if type_name == "boolean":
        return lambda text: "true" if text == "t" else "false"
    if type_name in ("json", "jsonb"):
        return str
    return _moment if type_name == "timestamp with time zone" else texts_as_json


def texts_as_json(value: Any) -> str:
    """Return texts and lists of them as JSON."""
    return json.dumps(value, ensure_ascii=False)


def _number(text: str) -> str:
    """Return the digits as they are; what JSON has no number for (NaN, Infinity) as a text."""
    return text if text[-1].isdigit() else texts_as_json(text)


def _moment(text: str) -> str:
    """Return a moment in ISO form; infinity and years before Christ as the server writes them."""
    match = ZONED.fullmatch(text)
    return texts_as_json(f"{match[1]}T{match[2]}+00:00" if match else text)


def array_elements(text: str) -> list[Any]:
    """Return the elements of an array as the server writes it: texts, None and lists of them."""
    stack: list[list[Any]] = [[]]
    for match in TOKEN.finditer(text[text.index("{") :]):
        token = match[0]
        if token == "{":
            stack.append([])
        elif token == "}":
            inner = stack.pop()
            stack[-1].append(inner)
        elif match[1] is not None:
            stack[-1].append(ESCAPED.sub(r"\1", match[1]))
        elif token != ",":
            stack[-1].append(None if token == "NULL" else ESCAPED.sub(r"\1", token))
    elements: list[Any] = stack[0][0]
    return elements
