"""An open point: what stands against an apply, what was expected, and what to do about it."""

from __future__ import annotations

from motomind_nb.core import Finding

OPEN, WARNING = "open point", "to know"


def open_point(subject: str, expected: str, found: str, action: str) -> Finding:
    """Return an open point as a finding that failed."""
    return Finding(OPEN, subject, expected, found, "fail", action)


def to_know(subject: str, found: str) -> Finding:
    """Return what the operator should know and need not decide."""
    return Finding(WARNING, subject, "", found, "warn")
