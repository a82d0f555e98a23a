"""What can be loaded: a view for each source, its staged rows without those in quarantine.

The load selects from the views. A check selects from the same text: what stands in the database
under test may be another view by then.
"""

from __future__ import annotations

import re
from functools import cache

from psycopg import sql

from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Name, compose, in_source, query, query_text

ONE_COLUMN = sql.SQL("staged.id::text")
VIEW = re.compile(r"\bFROM audit\.(loadable_\w+)")
MEMBERSHIP = sql.SQL("staged.tenant_id::text || '/' || staged.user_id::text")


def loadable_view_name(source: str) -> sql.Identifier:
    """Return the name of the view of a source's rows that are not in quarantine."""
    return sql.Identifier("audit", f"loadable_{source}")


def row_key_sql(source: str) -> sql.SQL:
    """Return the SQL of the key of a source's row ``staged``, as the quarantine writes it."""
    return MEMBERSHIP if source == "memberships" else ONE_COLUMN


def same_key_condition(source: str) -> sql.Composable:
    """Return the SQL condition that ``staged`` is the row whose key ``refused`` has."""
    if source == "memberships":
        return sql.SQL("{} = refused.key").format(MEMBERSHIP)
    return sql.SQL("staged.id = refused.key::uuid")


def create_view(connection: Connection, source: str) -> None:
    """Create the view of a source. Never commits.

    The rules, the projections and the pass over the readings select from these views, so that
    what quarantine means is written once.
    """
    connection.execute(
        query("load/loadable", view=loadable_view_name(source), rows=loadable_rows_query(source))
    )


def loadable_rows_query(source: str) -> sql.Composed:
    """Return the query of a source's rows that are not in quarantine."""
    return query(
        "load/loadable_rows",
        columns=sql.SQL(", ").join(sql.Identifier("staged", name) for name in _columns(source)),
        table=in_source(source),
        name=sql.Literal(source),
        key=row_key_sql(source),
    )


def _columns(source: str) -> list[str]:
    """Return a source's columns in the order in which jsonb keeps keys: by length, then by bytes.

    A row in that order becomes JSON in two thirds of the time: its keys need no sorting.
    """
    names = [column.name for column in catalog.objects()[source].columns]
    return sorted(names, key=lambda name: (len(name.encode()), name.encode()))


def query_with_inlined_views(name: str, /, **holes: Name) -> sql.Composed:
    """Return a query of the load with the views' own texts in the place of the views."""
    text = query_text(name)
    views = {
        view: loadable_rows_subquery(view.removeprefix("loadable_")) for view in VIEW.findall(text)
    }
    return compose(VIEW.sub(r"FROM {\1}", text), **views, **holes)


@cache
def loadable_rows_subquery(source: str) -> sql.Composed:
    """Return the query of a source's loadable rows as a part of another query's FROM."""
    return sql.SQL("({})").format(loadable_rows_query(source))
