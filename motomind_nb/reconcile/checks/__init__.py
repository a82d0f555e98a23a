"""Checks beside the comparison of rows, which lean on something else than the projections."""

from motomind_nb.reconcile.checks.beside import (
    Check,
    Loaded,
    carried_back_findings,
    checks_beside,
    listing_of,
    task_of,
)
from motomind_nb.reconcile.checks.counted import (
    quarantine_by_rule,
    write_found_rows,
    write_quarantine,
)
from motomind_nb.reconcile.checks.witnesses import (
    check_keys,
    check_staged_fingerprints,
    compare_fingerprints,
    faults_of_keys,
)

__all__ = [
    "Check",
    "Loaded",
    "carried_back_findings",
    "check_keys",
    "check_staged_fingerprints",
    "checks_beside",
    "compare_fingerprints",
    "faults_of_keys",
    "listing_of",
    "quarantine_by_rule",
    "task_of",
    "write_found_rows",
    "write_quarantine",
]
