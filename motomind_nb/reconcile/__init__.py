"""Reconciliation: what became of every row, value and definition, compared inside the database.

The projections say what the target must hold; beside them stand witnesses that do not lean on
them: the counts of the source, totals written separately, a second mapping, the way back, the old
views, the recorded fingerprints of the staged tables.
"""

from motomind_nb.reconcile.balance import ledger, target_ledger
from motomind_nb.reconcile.checks import (
    Loaded,
    carried_back_findings,
    quarantine_by_rule,
    write_quarantine,
)
from motomind_nb.reconcile.columns import round_trip_findings
from motomind_nb.reconcile.comparison import (
    SAMPLE,
    RowComparison,
    compare_definitions,
    compare_rows,
    definition_counts,
    write_rows_of_findings,
)
from motomind_nb.reconcile.definitions import schema_changes
from motomind_nb.reconcile.origin import write_lineage
from motomind_nb.reconcile.rows import Pair, differences, target_pairs, write_differences

__all__ = [
    "SAMPLE",
    "Loaded",
    "Pair",
    "RowComparison",
    "carried_back_findings",
    "compare_definitions",
    "compare_rows",
    "definition_counts",
    "differences",
    "ledger",
    "quarantine_by_rule",
    "round_trip_findings",
    "schema_changes",
    "target_ledger",
    "target_pairs",
    "write_differences",
    "write_lineage",
    "write_quarantine",
    "write_rows_of_findings",
]
