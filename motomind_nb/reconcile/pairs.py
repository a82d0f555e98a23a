"""The two sides of each target table: what the projections say, and what the table holds."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import sql as composed

from motomind_nb import sql
from motomind_nb.database import Connection
from motomind_nb.load import Projection, projections
from motomind_nb.load.projections import names


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
    def expected(self) -> composed.Composed:
        """The query of what the projections say, with the source of each row."""
        return composed.SQL("\nUNION ALL\n").join(
            sql.query(
                "reconcile/expected", source=composed.Literal(projection.source),
                projection=projection.select, key_one=projection.key[0],
                key_two=projection.key[-1],
            )
            for projection in self.projections
        )  # fmt: skip

    def loaded(self, connection: Connection) -> composed.Composed:
        """Return the query of what the target table holds. Reads only."""
        first = self.projections[0]
        return sql.query(
            "reconcile/loaded", target=self.target, columns=names(first.columns(connection)),
            key_one=first.key[0], key_two=first.key[-1],
        )  # fmt: skip

    def type_faults(self, connection: Connection) -> list[str]:
        """Return the columns whose type is not the projection's; such rows cannot be compared.

        Reads only.
        """
        faults: set[str] = set()
        for projection in self.projections:
            wanted = _types(connection, sql.query("load/columns", projection=projection.select))
            held = _types(connection, sql.query(
                "reconcile/held_columns", target=self.target, columns=names(list(wanted))
            ))  # fmt: skip
            faults |= {name for name in wanted if wanted[name] != held[name]}
        return sorted(faults)

    def cells(self, connection: Connection) -> composed.Composed:
        """Return the query that lists every difference between the two sides. Reads only."""
        return sql.query(
            "reconcile/cells", expected=self.expected, loaded=self.loaded(connection),
            table_name=composed.Literal(self.name),
        )  # fmt: skip


def pairs() -> tuple[Pair, ...]:
    """Return the eight target tables in the order of loading."""
    found: dict[tuple[str, str], list[Projection]] = {}
    for projection in projections():
        found.setdefault(projection.target, []).append(projection)
    return tuple(Pair(target, tuple(sources)) for target, sources in found.items())


def _types(connection: Connection, statement: composed.Composed) -> dict[str, int]:
    """Return the type of each column of a query, as the server numbers it."""
    description = connection.execute(statement).description
    return {column.name: column.type_code for column in description or ()}
