"""Findings: what a check says of one subject."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from itertools import islice

# the id of a row, as findings and lists of rows write it
ROW_ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
STATUSES = ("fail", "warn", "note", "ok")
FIRST = (
    "target table",
    "rows moved",
    "rows missing",
    "quarantine",
    "mileage equal",
    "columns",
    "rows extra",
    "schema as built",
    "row level security off",
    "rights",
)
LAST = (
    "proof",
    "policy missing",
    "keys",
    "lineage",
    "ledger",
    "ledger target",
    "totals",
    "second mapping",
    "round trip",
    "fingerprint",
    "views",
    "derived rows",
    "witness",
)
NAMED = 3  # examples that a text names; all others are counted


@dataclass(frozen=True, order=True)
class Finding:
    """One result of one check.

    A fail is judged, a warn told. A note says what is so in every MotoMind database, because the
    plan or the arithmetic makes it so: it is counted apart, and nobody has to do anything.

    It speaks of a whole set of rows: ``rows`` counts them, and ``digest`` changes with each of
    them. A finding that speaks of no rows has the digest of its own words.

    Columns: check, subject, expected, found, status (ok, note, warn, fail), detail (text), rows
    (rows that the finding speaks of), digest (text, SHA-256 in hexadecimal digits).
    """

    check: str
    subject: str
    expected: str
    found: str
    status: str
    detail: str = ""
    rows: int = 0
    digest: str = ""

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"{self.check}: a status is one of {STATUSES}, not {self.status!r}")
        if not self.digest:
            said = (self.check, self.subject, self.expected, self.found)
            object.__setattr__(self, "digest", digest_of(said))

    def row(self) -> tuple[str | int, ...]:
        """Return the fields in the order of ``COLUMNS``."""
        return astuple(self)


COLUMNS = tuple(field.name for field in fields(Finding))


def digest_of(texts: Iterable[str]) -> str:
    """Return the SHA-256 of texts in their order; where one ends and the next begins counts."""
    each = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts)
    return hashlib.sha256(b"".join(each)).hexdigest()


def examples(names: Iterable[str], total: int) -> str:
    """Return the first names of many, and how many more there are: ``a, b, c and 20 more``."""
    known = list(islice(names, NAMED))
    more = total - len(known)
    return ", ".join(known) + (f" and {more:,} more" if more > 0 else "")


def by_cause(items: Iterable[Finding], place: str = "") -> list[Finding]:
    """Return one finding for all that share check, expected value, status and detail: one cause.

    Findings with ok stay as they are. What is found of each subject stands in ``found``: all of
    it, or where a file (``place``) lists them, a few examples. Their rows are added up.
    """
    causes: dict[tuple[str, ...], list[Finding]] = {}
    for item in items:
        alone = item.subject if item.status == "ok" else ""
        causes.setdefault((item.check, item.status, item.expected, item.detail, alone), []).append(
            item
        )
    return [found[0] if len(found) == 1 else _together(found, place) for found in causes.values()]


def _together(found: list[Finding], place: str) -> Finding:
    """Return one finding in place of many of one cause."""
    first = found[0]
    texts = [f"{item.subject}: {item.found}" for item in found]
    shown = examples(texts, len(texts)) if place else "; ".join(texts)
    return Finding(
        first.check,
        examples((item.subject for item in found), len(found)),
        first.expected,
        shown,
        first.status,
        "; ".join(filter(None, (first.detail, f"all are in {place}" if place else ""))),
        sum(item.rows for item in found),
        digest_of(sorted(texts)),
    )


def gravity(check: str, rows: int) -> tuple[int, int]:
    """Return the place of a check among those of its status, the gravest first.

    What was lost or given away comes before what was changed, that before definitions that differ
    and what is opened by them, what only follows from one of them last; of one check that of the
    most rows comes first.
    """
    place = {name: number for number, name in enumerate((*FIRST, "", *LAST))}
    return place.get(check, place[""]), -rows


def status_counts_in_words(numbers: Mapping[str, int]) -> str:
    """Return the findings by status in words: ``480 checks ok, 1 warning, 6 notes``."""
    ok, warned, noted = (int(numbers.get(status, 0)) for status in ("ok", "warn", "note"))
    return (
        f"{ok:,} check{'' if ok == 1 else 's'} ok,"
        f" {warned:,} warning{'' if warned == 1 else 's'},"
        f" {noted:,} note{'' if noted == 1 else 's'}"
    )
