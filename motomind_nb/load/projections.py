"""The projections: one SELECT for each source object and target table, in the order of loading."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from psycopg import sql

from motomind_nb.legacy import catalog
from motomind_nb.load.loadable import (
    loadable_rows_subquery,
    loadable_view_name,
    query_with_inlined_views,
)
from motomind_nb.postgres import Connection, in_target, query

# what others point at comes first
ORDER = (
    "tenants",
    "users",
    "memberships",
    "garages",
    "vehicles",
    "vehicle_images",
    "reminders",
    *catalog.EVENT_SOURCES,
)
EVENTS = ("public", "vehicle_events")


@dataclass(frozen=True)
class Projection:
    """One mapping of a legacy table: ``select`` maps all its rows but those in quarantine."""

    source: str
    target: tuple[str, str]

    @property
    def name(self) -> str:
        """The name of its query."""
        return f"load/projections/{self.source}__{self.target[1]}"

    @property
    def select(self) -> sql.Composed:
        """The SELECT; its aliases are the target's columns."""
        home = query("load/tenant_of_user", kept_tenants=loadable_view_name("tenants"))
        return query(self.name, tenant_of_user=home)

    @property
    def select_without_views(self) -> sql.Composed:
        """The same SELECT for a check: it reads the staged tables and the quarantine, no view."""
        home = query("load/tenant_of_user", kept_tenants=loadable_rows_subquery("tenants"))
        return query_with_inlined_views(self.name, tenant_of_user=home)

    def checksum(self, connection: Connection) -> str:
        """Return the SHA-256 of the SELECT for a check, by which the same mapping is known."""
        return hashlib.sha256(self.select_without_views.as_bytes(connection)).hexdigest()

    @property
    def reverse(self) -> sql.Composed:
        """The SELECT that gives the source's rows back, from the rebuilt schema alone.

        Its aliases are columns of the source.
        """
        return query(f"load/reverse/{self.source}")

    @property
    def table(self) -> sql.Composable:
        """The target table, in the schema that the connection gives to the rebuilt tables."""
        schema, name = self.target
        return in_target(name) if schema == "public" else sql.Identifier(schema, name)

    @property
    def key(self) -> tuple[str, ...]:
        """The target's columns that name a row."""
        if self.source == "tenants":
            return ("id",)
        return ("tenant_id", "user_id" if self.source == "memberships" else "id")

    def columns(self, connection: Connection) -> list[str]:
        """Return the names of the target's columns in the projection's order. Reads only."""
        statement = query("load/columns", projection=self.select_without_views)
        description = connection.execute(statement).description
        return [column.name for column in description or ()]


@cache
def projections() -> tuple[Projection, ...]:
    """Return all projections in the order of loading."""
    objects = catalog.objects()
    return tuple(
        Projection(source, _qualified(objects[source].target or f"public.{source}"))
        for source in ORDER
    )


def _qualified(name: str) -> tuple[str, str]:
    """Return schema and table of a catalog target."""
    schema, _, table = name.partition(".")
    return (schema, table)


def column_list(columns: list[str]) -> sql.Composed:
    """Return column names as a list for a statement."""
    return sql.SQL(", ").join(sql.Identifier(column) for column in columns)
