"""A fault that is planted, and the texts of our own SQL in which faults are planted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HOLE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
TOKEN = re.compile(r"--[^\n]*|'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$|\"[^\"]*\"|;", re.DOTALL)
HEADER = re.compile(r"\A(?:--[^\n]*\n)*")


@dataclass(frozen=True)
class Fault:
    """One fault: ``part`` (sql, damage, check), its kind, where it is and what it does.

    sql: ``path`` below the root gets ``text``. damage: ``statements`` are run as the owner, with
    triggers and foreign keys asleep where ``asleep``. check: ``path`` gets ``text``, or
    the function ``name`` of module ``path`` answers ok.
    """

    part: str
    kind: str
    place: str
    what: str
    path: str = ""
    text: str = ""
    name: str = ""
    statements: tuple[str, ...] = field(default=())
    asleep: bool = False

    def facts(self) -> dict[str, object]:
        """The fault for another process."""
        return asdict(self)

    @property
    def id(self) -> str:
        """The fault in words."""
        return f"{self.kind} | {self.place} | {self.what}"


def once(faults: Iterable[Fault]) -> list[Fault]:
    """The faults, those with an equal effect once; white space makes no difference."""
    found: dict[tuple[object, ...], Fault] = {}
    for fault in faults:
        said = " ".join(fault.text.split()), tuple(" ".join(s.split()) for s in fault.statements)
        found.setdefault((fault.path, fault.name, *said), fault)
    return list(found.values())


def statements(text: str) -> Iterator[tuple[int, int]]:
    """Where each statement of a script begins and ends, the comments before it left out."""
    start = 0
    for token in TOKEN.finditer(text):
        if token[0] == ";":
            yield _begin(text, start), token.end()
            start = token.end()
        elif token[0].startswith("--") and not text[start : token.start()].strip():
            start = token.end()
    if text[_begin(text, start) :].strip():
        yield _begin(text, start), len(text)


def _begin(text: str, start: int) -> int:
    return start + len(text[start:]) - len(text[start:].lstrip())


def opened(text: str) -> str:
    """A query with names in the place of its holes, so that it can be parsed."""
    text = text.replace("({columns}) {projection}", "SELECT hole__columns_projection")
    text = re.sub(r"\(\{(\w+)\}\)", r"(SELECT 1 AS hole__\1)", text)
    text = re.sub(r"%\((\w+)\)s", r"hole_value__\1", HOLE.sub(r"hole__\1", text))
    return text.replace("{{", "{").replace("}}", "}")


def closed(text: str) -> str:
    """A query with its holes again."""
    text = text.replace("{", "{{").replace("}", "}}")
    text = re.sub(r"\(SELECT 1 AS hole__(\w+)\)", r"({\1})", text)
    text = text.replace("SELECT hole__columns_projection", "({columns}) {projection}")
    return re.sub(r"hole__(\w+)", r"{\1}", re.sub(r"hole_value__(\w+)", r"%(\1)s", text))
