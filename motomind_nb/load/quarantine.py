"""Quarantine: rows that a rule of the target refuses, complete, with the rule and the reason.

The rules of a live INSERT are checked here on whole tables. A row is put there once, for the first
rule that it breaks; whatever hangs on it follows, because what others hang on comes first.
"""

from __future__ import annotations

from psycopg import sql

from motomind_nb.load.loadable import create_view, loadable_view_name, same_key_condition
from motomind_nb.load.projections import projections
from motomind_nb.load.rules import RuleFile
from motomind_nb.postgres import Connection, Query, in_source, query, selected_expression


def quarantine_refused_rows(connection: Connection) -> None:
    """Put every refused row into quarantine. Never commits.

    Writes: audit.quarantine, and the views audit.loadable_<source> of all other rows.
    """
    sources = [projection.source for projection in projections()]
    for source in sources:
        create_view(connection, source)
    for source in sources:
        connection.execute(_refuse(RuleFile(source)), {"source": source})


def _refuse(rules: RuleFile) -> Query:
    """Return the statement that puts the refused rows of one source into quarantine."""
    refusals = [
        selected_expression("load/quarantine/refusal", rule=("judged", name))
        for name in rules.refusing
    ]
    return query(
        "load/quarantine/refused",
        table=in_source(rules.source),
        same=same_key_condition(rules.source),
        judged=rules.select(loadable_view_name),
        refusals=sql.SQL(", ").join(refusals),
    )
