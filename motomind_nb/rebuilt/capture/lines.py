"""A schema as lines, and a capture: the lines of one moment."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, replace

OWNER = "(owner)"  # the role that owns the rebuilt schema, whoever that is


@dataclass(frozen=True, order=True)
class Line:
    """One fact of an object: a column, a constraint, a grant, the body of a function and so on.

    The schemas of the migration stand under their final names, public and legacy. A line of the
    environment has no schema, one of a schema itself no object.
    """

    schema: str
    object: str
    kind: str
    name: str
    text: str

    @property
    def subject(self) -> str:
        """The object as findings name it."""
        if not self.schema:
            return self.object
        return f"{self.schema}.{self.object}" if self.object else f"schema {self.schema}"


@dataclass(frozen=True)
class Capture:
    """The lines of one moment, and the objects in the target's schema that are not ours."""

    lines: tuple[Line, ...]
    theirs: tuple[str, ...] = ()

    def with_lines_of(self, other: Capture) -> Capture:
        """Return the capture with the lines of another one among its own, in order."""
        return replace(self, lines=tuple(sorted([*self.lines, *other.lines])))

    def as_json(self) -> bytes:
        """Return the capture as a file's content."""
        facts = {"theirs": self.theirs, "lines": [astuple(line) for line in self.lines]}
        return (json.dumps(facts, indent=0, ensure_ascii=False) + "\n").encode()

    @classmethod
    def from_json(cls, content: bytes) -> Capture:
        """Return the capture that a file holds."""
        facts = json.loads(content)
        return cls(tuple(Line(*line) for line in facts["lines"]), tuple(facts["theirs"]))
