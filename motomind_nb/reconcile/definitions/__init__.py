"""Not only rows: every rule, right and definition of the old schema is kept, replaced or gone on
purpose.

Definitions are compared by table and text, never by name: a database that calls its rules otherwise
loses nothing, and a rule that says something else under a known name is not the known rule. The
fate of each known text is in ``motomind_nb/legacy/definitions.csv``; what is neither there nor in
the rebuilt schema is lost, unless it stood on a table that goes.
"""

from motomind_nb.reconcile.definitions.findings import definition_findings, schema_changes
from motomind_nb.reconcile.definitions.outcomes import FATES

__all__ = ["FATES", "definition_findings", "schema_changes"]
