"""Findings: what a check says of one subject, and how a list of them is judged."""

from __future__ import annotations

from collections.abc import Iterable
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


def compare(check: str, subject: str, expected: object, actual: object) -> Finding:
    """Return ok when both values are equal as text, else fail."""
    status = "ok" if str(expected) == str(actual) else "fail"
    return Finding(check, subject, str(expected), str(actual), status)


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, fail first, then warn, then ok; inside by check and subject."""
    return sorted(findings, key=lambda item: (STATUSES.index(item.status), item))


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings are ok, warn and fail."""
    result = {"ok": 0, "warn": 0, "fail": 0}
    for item in findings:
        result[item.status] += 1
    return result
