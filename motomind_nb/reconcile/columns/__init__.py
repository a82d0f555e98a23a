"""Every column by two witnesses: a second mapping, and the way back from the rebuilt tables.

Both are compared with the staged rows inside the database: counts and sums of hashes of every row,
each bound to its row, and a join only of what differs.
"""

from motomind_nb.reconcile.columns.round_trip import round_trip_findings
from motomind_nb.reconcile.columns.second_mapping import second_mapping_findings

__all__ = ["round_trip_findings", "second_mapping_findings"]
