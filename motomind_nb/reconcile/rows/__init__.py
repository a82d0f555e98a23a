"""Both sides of each target table: what the projections say, what is loaded, and what differs."""

from motomind_nb.reconcile.rows.cells import (
    HIDDEN,
    difference_findings,
    differences,
    no_differences,
    write_differences,
)
from motomind_nb.reconcile.rows.pairs import (
    Pair,
    TypeFaults,
    gone_findings,
    readable_pairs,
    target_pairs,
)
from motomind_nb.reconcile.rows.sides import Counted, Sides, read_sides

__all__ = [
    "HIDDEN",
    "Counted",
    "Pair",
    "Sides",
    "TypeFaults",
    "difference_findings",
    "differences",
    "gone_findings",
    "no_differences",
    "read_sides",
    "readable_pairs",
    "target_pairs",
    "write_differences",
]
