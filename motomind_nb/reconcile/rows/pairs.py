"""The two sides of each target table: what the projections say, and what the table holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from psycopg import sql

from motomind_nb.core import Finding
from motomind_nb.load import Projection, column_list, projections
from motomind_nb.postgres import Connection, findings_or_gone, query, read_or_none
from motomind_nb.reconcile.rows.naming import naming_columns


@dataclass(frozen=True)
class Pair:
    """One target table with the projections that feed it."""

    target: tuple[str, str]
    projections: tuple[Projection, ...]

    @property
    def name(self) -> str:
        """The target table without its schema."""
        return self.target[1]

    @property
    def table(self) -> sql.Composable:
        """The target table for a statement."""
        return self.projections[0].table

    @property
    def expected(self) -> sql.Composed:
        """The query of what the projections say, with the source of each row."""
        return sql.SQL("\nUNION ALL\n").join(
            query(
                "reconcile/expected",
                name=sql.Literal(projection.source),
                projection=projection.select_without_views,
                key_one=projection.key[0],
                key_two=projection.key[-1],
            )
            for projection in self.projections
        )

    def loaded(self, connection: Connection) -> sql.Composed:
        """Return the query of what the target table holds. Reads only."""
        first = self.projections[0]
        return query(
            "reconcile/loaded",
            table=self.table,
            columns=column_list(first.columns(connection)),
            key_one=first.key[0],
            key_two=first.key[-1],
        )

    def type_faults(self, connection: Connection) -> list[str]:
        """Return the columns whose type is not the projection's; such rows cannot be compared.

        Reads only.
        """
        faults: set[str] = set()
        for projection in self.projections:
            wanted = _types(
                connection, query("load/columns", projection=projection.select_without_views)
            )
            held = _types(
                connection,
                query(
                    "reconcile/held_columns", table=self.table, columns=column_list(list(wanted))
                ),
            )
            faults |= {name for name in wanted if wanted[name] != held[name]}
        return sorted(faults)

    def cells(self, connection: Connection) -> sql.Composed:
        """Return the query that lists every difference between the two sides. Reads only."""
        return query(
            "reconcile/cells",
            expected=self.expected,
            loaded=self.loaded(connection),
            table_name=sql.Literal(self.name),
            naming=sql.Literal(naming_columns(self.name)),
        )


TypeFaults = dict[Pair, list[str]]  # the columns of another type than the projection's


def target_pairs() -> tuple[Pair, ...]:
    """Return the eight target tables in the order of loading."""
    found: dict[tuple[str, str], list[Projection]] = {}
    for projection in projections():
        found.setdefault(projection.target, []).append(projection)
    return tuple(Pair(target, tuple(sources)) for target, sources in found.items())


def readable_pairs(connection: Connection) -> TypeFaults:
    """Return the target tables that can be read on both sides, each with its type faults.

    These are all tables, if nothing is gone. Reads only. Call it inside a transaction, or in
    autocommit.
    """
    read = {
        pair: read_or_none(connection, partial(pair.type_faults, connection))
        for pair in target_pairs()
    }
    return {pair: faults for pair, faults in read.items() if faults is not None}


def gone_findings(connection: Connection, readable: Collection[Pair] = ()) -> list[Finding]:
    """Return a failure for each target table that cannot be read. Reads only.

    ``readable`` are known to be.
    """
    found: list[Finding] = []
    for pair in target_pairs():
        if pair not in readable:
            unread = partial(_unread, connection, pair)
            found += findings_or_gone(connection, "target table", unread)
    return found


def _unread(connection: Connection, pair: Pair) -> list[Finding]:
    """Read both sides of a table without a row; return nothing."""
    pair.type_faults(connection)
    return []


def _types(connection: Connection, statement: sql.Composed) -> dict[str, int]:
    """Return the type of each column of a query, as the server numbers it."""
    description = connection.execute(statement).description
    return {column.name: column.type_code for column in description or ()}
