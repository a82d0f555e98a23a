"""The load: every staged row becomes a row of the rebuilt schema, or stands in quarantine.

Set-based and independent of the order of rows: quarantine first, then what is told of the
readings, then one INSERT ... SELECT for each projection, with the source of each event in the same
statement. The target's tables are still bare then: no trigger runs, and the same rules have been
checked on whole sets. What these rules are, it offers to the profile, which counts what breaks
them.
"""

from motomind_nb.load.judging import (
    Judgement,
    checksum_of_readings,
    checksum_of_told,
    judged_readings,
)
from motomind_nb.load.keys import faulty_keys
from motomind_nb.load.loadable import loadable_rows_query
from motomind_nb.load.loading import event_years, load_staged_rows, row_mark
from motomind_nb.load.notes import Judged, Notes, Projected
from motomind_nb.load.projections import EVENTS, Projection, column_list, projections
from motomind_nb.load.rules import RuleFile, rule_files

__all__ = [
    "EVENTS",
    "Judged",
    "Judgement",
    "Notes",
    "Projected",
    "Projection",
    "RuleFile",
    "checksum_of_readings",
    "checksum_of_told",
    "column_list",
    "event_years",
    "faulty_keys",
    "judged_readings",
    "load_staged_rows",
    "loadable_rows_query",
    "projections",
    "row_mark",
    "rule_files",
]
