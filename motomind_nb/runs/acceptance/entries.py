"""Accepted differences: what a person has looked at, decided to live with, and given a reason for.

The file is TOML, one ``[[accepted]]`` table for each entry; ``motomind accept`` prints it.
An entry names ``check`` and ``subject`` (``*`` stands for any text), and counts only as long as the
findings that it matches speak of the same rows: ``rows`` and ``digest`` are theirs. An outside
dependent needs ``handled``, too: what a migration in place shall do with it. A finding that is
accepted keeps its status and stays in the report.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from motomind_nb.core import Finding, digest_of

DEPENDENT = "outside dependent"  # the one check whose entries say how it is handled
HANDLED = ("rebind", "also", "leave")


@dataclass(frozen=True)
class Entry:
    """One accepted difference.

    ``rows`` and ``digest`` are those of the one finding that it matches; of several findings the
    sum, and the digest over their sorted digests. ``handled`` says what becomes of an outside
    dependent: rebind (it is made anew over the rebuilt tables), also (the user's own script changes
    it), leave (it stays as it is).
    """

    check: str
    subject: str
    rows: int
    digest: str
    reason: str
    by: str
    until: date
    handled: str = ""

    @property
    def as_json(self) -> str:
        """The entry as one line of JSON, by which it is known again."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False, separators=(",", ":"))

    def matches(self, finding: Finding) -> bool:
        """Return whether it speaks of this finding; an ok or a note needs no acceptance."""
        return (
            finding.status not in ("ok", "note")
            and finding.check == self.check
            and fnmatchcase(finding.subject, self.subject.replace("[", "[[]").replace("?", "[?]"))
        )

    def in_force(self, today: date) -> bool:
        """Return whether it may count on a day: it is not expired and says what it must."""
        return today <= self.until and (self.check != DEPENDENT or bool(self.handled))

    def is_of(self, matched: Sequence[Finding]) -> bool:
        """Return whether these findings are still those that were accepted, row by row."""
        return bool(matched) and (self.rows, self.digest) == rows_and_digest(matched)

    @property
    def said(self) -> str:
        """Why, who and until when, in one line."""
        return f"{self.reason} ({self.by}, until {self.until.isoformat()})"


def rows_and_digest(matched: Sequence[Finding]) -> tuple[int, str]:
    """Return what an entry over these findings must name: their rows and their digest."""
    digests = sorted(item.digest for item in matched)
    return sum(item.rows for item in matched), (
        digests[0] if len(digests) == 1 else digest_of(digests)
    )


def read_accepted(path: Path) -> list[Entry]:
    """Return the entries of an accept file. Reads only.

    Raises: MotomindError, one line, when there is no such file, it is no TOML, holds anything but
    ``[[accepted]]`` tables, or an entry lacks a key, has an unknown one or one of a wrong kind.
    """
    # pydantic takes 5 MB and a tenth of a second, and few runs have an accept file
    from motomind_nb.runs.acceptance.reading import entries_of_file

    return entries_of_file(path)
