"""Definition texts as the server writes them, in the form in which two of them are compared."""

from __future__ import annotations

import re

# what a server may add or leave out when it writes a text that it has read: casts, qualifiers,
# brackets and spaces
LOOSE = re.compile(
    r"::(?:character varying|timestamp with(?:out)? time zone|double precision|\w+)"
    r"(?:\(\d+(?:,\d+)?\))?(?:\[\])?"
    r'|\b(?:\w+|"[^"]+")\.(?=[\w"*])'
    r"|[()\s]"
)
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


def loosened(text: str) -> str:
    """Return a text without what differs between servers that read it: for comparison only."""
    return LOOSE.sub("", text)


def nameless(kind: str, text: str) -> str:
    """Return a definition's text on one line and without the definition's own name.

    ``kind`` is that of a ``Definition``: index, trigger, rule and statistics hold their name.
    """
    line = " ".join(text.split()).rstrip(";")
    pattern = NAMED.get(kind)
    return EXTENSIONS.sub("", pattern.sub(r"\1", line, count=1) if pattern else line)
