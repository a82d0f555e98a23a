"""Findings on the page: failures below what explains them, warnings, notes, rows in quarantine."""

from motomind_nb.report.findings.quarantine import quarantine_examples
from motomind_nb.report.findings.shown import (
    accepted_table,
    checks_table,
    failures_table,
    given_back_table,
    notes_table,
    warnings_table,
)

__all__ = [
    "accepted_table",
    "checks_table",
    "failures_table",
    "given_back_table",
    "notes_table",
    "quarantine_examples",
    "warnings_table",
]
