"""What can be loaded: a view for each source, its staged rows without those in quarantine."""

from __future__ import annotations

from psycopg import sql

from motomind_nb.postgres import Connection, in_source, query

ONE_COLUMN = sql.SQL("staged.id::text")
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
    statement = query(
        "load/loadable",
        view=loadable(source),
        table=in_source(source),
        name=sql.Literal(source),
        key=key(source),
    )
    connection.execute(statement)
