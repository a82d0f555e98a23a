"""What a schema holds, as values: its relations, their columns and the texts that define them.

Two texts are compared in a form without what the server adds, and without their own name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# what a server may add or leave out when it writes a text that it has read, outside of strings:
# casts, qualifiers and spaces; brackets are looked at one by one
STRING = r"'(?:[^']|'')*'"
CAST = (
    r"::(?:character varying|timestamp with(?:out)? time zone|double precision|\w+)"
    r"(?:\(\d+(?:,\d+)?\))?(?:\[\])?"
)
LOOSE = re.compile(rf"({STRING})|{CAST}|(?<![\w\"])(?:[^\W\d]\w*|\"[^\"]+\")\.(?=[\w\"*])|\s")
BRACKETS = re.compile(rf"{STRING}|\"(?:[^\"]|\"\")*\"|([()])")
SPACES = re.compile(rf"({STRING}|\"(?:[^\"]|\"\")*\")|\s+")
NAME = r'(?:"(?:[^"]|"")+"|[^\s"]+)'
NAMED = {
    kind: re.compile(rf"^({head}){NAME} ")
    for kind, head in {
        "index": r"CREATE (?:UNIQUE )?INDEX ",
        "trigger": r"CREATE (?:CONSTRAINT )?TRIGGER ",
        "rule": r"CREATE RULE ",
        "statistics": r"CREATE STATISTICS ",
    }.items()
}
# the schema in which hosted projects keep extensions; elsewhere they stand in public
EXTENSIONS = re.compile(r"\bextensions\.(?=uuid_generate_v\d)")
# the types of pg_catalog whose values a column of the same type on another server can hold
INTEGERS = ("int2", "int4", "int8")
TEXTS = ("text", "varchar", "bpchar")
TIMES = ("date", "time", "timetz", "timestamp", "timestamptz", "interval")
NUMBERS = ("numeric", "float4", "float8", "bit", "varbit", "point")
OTHERS = ("bool", "bytea", "uuid", "json", "jsonb", "inet", "cidr", "macaddr")
SINGLE = (*INTEGERS, *TEXTS, *TIMES, *NUMBERS, *OTHERS)
BUILT_IN = (*SINGLE, *(f"_{name}" for name in SINGLE))
TEXT = "text"


@dataclass(frozen=True)
class Column:
    """A column as the server describes it.

    ``carrier`` and ``modifier`` are facts: the built-in type of its values ('' where there is none)
    and that type's length or scale, as the server numbers it (-1 without).
    """

    name: str
    type: str
    nullable: bool
    default: str | None
    carrier: str = ""
    modifier: int = -1

    @property
    def is_built_in(self) -> bool:
        """Whether a column of another server can be of the same type; else text carries it."""
        return self.carrier in BUILT_IN

    @property
    def staged_type(self) -> str:
        """The name of the type of pg_catalog in which its values are staged."""
        return self.carrier if self.is_built_in else TEXT


@dataclass(frozen=True)
class Key:
    """A key as facts. ``kind`` is primary key, unique or foreign key.

    A foreign key points at the columns ``referred`` of table ``refers_to``, of the same schema. A
    unique key with ``nulls_alike`` takes one NULL for equal to another.
    """

    kind: str
    name: str
    columns: tuple[str, ...]
    refers_to: str = ""
    referred: tuple[str, ...] = ()
    nulls_alike: bool = False


@dataclass(frozen=True)
class Definition:
    """One text of a schema: a constraint, an index, a view's query, a policy, a grant and so on.

    ``kind`` says which. Names of the schema itself stand in the text without the schema.
    """

    kind: str
    name: str
    text: str


@dataclass(frozen=True)
class Relation:
    """A relation of the source. ``rows``, ``fingerprint``, ``file``, ``size`` (bytes of the file's
    rows, unpacked) and ``checksum`` are None where nothing was read; ``reason`` says why.

    A view is ``volatile`` when it depends on the clock or the server, and not ``evaluable`` when
    its query fails. Views are never fingerprinted.
    """

    name: str
    kind: str
    present: bool = True
    columns: tuple[Column, ...] = ()
    definitions: tuple[Definition, ...] = ()
    reads: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    rows: int | None = None
    fingerprint: str | None = None
    file: str | None = None
    size: int | None = None
    checksum: str | None = None
    volatile: bool = False
    evaluable: bool = True
    reason: str = ""

    @property
    def is_table(self) -> bool:
        """Whether the object holds rows of its own that must be restored."""
        return self.kind == "table"

    def texts(self, *kinds: str) -> list[Definition]:
        """Return its definitions of the given kinds, in order."""
        return [item for item in self.definitions if item.kind in kinds]

    def query(self) -> str:
        """Return the query of a view."""
        return self.texts("query")[0].text


def drop_server_differences(text: str) -> str:
    """Return a text without what differs between servers that read it: for comparison only.

    Strings, numbers and the brackets that order the parts of a condition stay as they are.
    """
    return LOOSE.sub(lambda found: found[1] or "", _without_brackets_of_casts(text))


def definition_without_name(kind: str, text: str) -> str:
    """Return a definition's text on one line and without the definition's own name.

    ``kind`` is that of a ``Definition``: index, trigger, rule and statistics hold their name.
    """
    line = SPACES.sub(lambda found: found[1] or " ", text).strip().rstrip(";")
    pattern = NAMED.get(kind)
    return EXTENSIONS.sub("", pattern.sub(r"\1", line, count=1) if pattern else line)


def _without_brackets_of_casts(text: str) -> str:
    """Return a text without the brackets around what is cast: a server writes them or does not."""
    opened: list[int] = []
    dropped: set[int] = set()
    for found in BRACKETS.finditer(text):
        if found[1] == "(":
            opened.append(found.start())
        elif found[1] == ")" and opened:
            first = opened.pop()
            if text.startswith("::", found.end()) and not text[first - 1 : first].isalnum():
                dropped |= {first, found.start()}
    return "".join(letter for place, letter in enumerate(text) if place not in dropped)
