"""Findings: what a check says of one subject."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

STATUSES = ("fail", "warn", "ok")


@dataclass(frozen=True, order=True)
class Finding:
    """One result of one check.

    Columns: check, subject, expected, actual, status (ok, warn, fail), detail; all text.
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
