"""Findings: what a check says of one subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields

STATUSES = ("fail", "warn", "note", "ok")


@dataclass(frozen=True, order=True)
class Finding:
    """One result of one check.

    A fail is judged, a warn told. A note says what is so in every MotoMind database, because the
    plan or the arithmetic makes it so: it is counted apart, and nobody has to do anything.

    Columns: check, subject, expected, actual, status (ok, note, warn, fail), detail; all text.
    """

    check: str
    subject: str
    expected: str
    actual: str
    status: str
    detail: str = ""

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"{self.check}: a status is one of {STATUSES}, not {self.status!r}")

    def row(self) -> tuple[str, ...]:
        """Return the fields in the order of ``COLUMNS``."""
        return astuple(self)


COLUMNS = tuple(field.name for field in fields(Finding))


def checks_counted(numbers: Mapping[str, int]) -> str:
    """Return the findings by status in words: ``480 checks ok, 1 warning, 6 notes``."""
    ok, warned, noted = (int(numbers.get(status, 0)) for status in ("ok", "warn", "note"))
    return (
        f"{ok:,} check{'' if ok == 1 else 's'} ok,"
        f" {warned:,} warning{'' if warned == 1 else 's'},"
        f" {noted:,} note{'' if noted == 1 else 's'}"
    )
