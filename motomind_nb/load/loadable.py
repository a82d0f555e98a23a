"""What can be loaded: a view for each source, its staged rows without those in quarantine.

The load selects from the views. A check selects from the same text: what stands in the database
under test may be another view by then.
"""

from __future__ import annotations

import re

from psycopg import sql

from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Name, compose, in_source, query, query_text

ONE_COLUMN = sql.SQL("staged.id::text")
VIEW = re.compile(r"\bFROM audit\.(loadable_\w+)")
MEMBERSHIP = sql.SQL("staged.tenant_id::text || '/' || staged.user_id::text")


def loadable(source: str) -> sql.Identifier:
    """Return the view of a source's rows that are not in quarantine."""
    return sql.Identifier("audit", f"loadable_{source}")


def key(source: str) -> sql.SQL:
    """Return the key of a row ``staged`` of a source, as the quarantine writes it."""
    return MEMBERSHIP if source == "memberships" else ONE_COLUMN


def same(source: str) -> sql.Composable:
    """Return whether ``staged`` is the row whose key ``refused`` has, so that an index can tell."""
    if source == "memberships":
        return sql.SQL("{} = refused.key").format(MEMBERSHIP)
    return sql.SQL("staged.id = refused.key::uuid")


def create_view(connection: Connection, source: str) -> None:
    """Create the view of a source. Never commits.

    The rules, the projections and the pass over the readings select from these views, so that
    what quarantine means is written once.
    """
    connection.execute(query("load/loadable", view=loadable(source), rows=loadable_rows(source)))


def loadable_rows(source: str) -> sql.Composed:
    """Return the query of a source's rows that are not in quarantine."""
    return query(
        "load/loadable_rows",
        table=in_source(source),
        name=sql.Literal(source),
        key=key(source),
    )


def without_views(name: str, /, **holes: Name) -> sql.Composed:
    """Return a query of the load with the views' own texts in the place of the views."""
    rows = {f"loadable_{source}": in_brackets(source) for source in catalog.tables()}
    return compose(VIEW.sub(r"FROM {\1}", query_text(name)), **rows, **holes)


def in_brackets(source: str) -> sql.Composed:
    """Return the query of a source's loadable rows as a part of another query's FROM."""
    return sql.SQL("({})").format(loadable_rows(source))
