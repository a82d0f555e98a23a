"""Both sides of each target table, read in one pass that evaluates its projections once.

Keys, fingerprints and differences are three questions about the same two sets of rows. One join
answers all three where nothing is wrong; where something is, the query of that question is asked,
which names keys, rows and columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import psycopg
from psycopg import sql

from motomind_nb.load import Projected, row_mark
from motomind_nb.postgres import Connection, query, read_or_none, rows
from motomind_nb.reconcile.rows.pairs import Pair, TypeFaults, readable_pairs

Counted = tuple[int, object]  # rows, fingerprint
# columns of types that have no hash or no order: the query of one question says so
INCOMPARABLE = (psycopg.ProgrammingError, psycopg.DataError)


@dataclass(frozen=True)
class Sides:
    """What one pass over both sides of a target table says.

    ``pair`` is the table with its projections; ``type_faults`` are columns of another type than
    the projection's. ``same``: each key names one row of either side, equal to the last byte.
    Only then ``expected`` and ``loaded``, rows and fingerprint of each side, are known.
    """

    pair: Pair
    type_faults: tuple[str, ...]
    same: bool = False
    expected: Counted = (0, 0)
    loaded: Counted = (0, 0)


def read_sides(
    connection: Connection,
    projected: Sequence[Projected] = (),
    readable: TypeFaults | None = None,
) -> list[Sides]:
    """Return both sides of each target table that can be read. Reads only.

    ``projected`` is what projections gave to the load, of which nothing changed since: where the
    table holds just that, they are not asked again. ``readable`` is what ``readable_pairs``
    returns, asked here if it is left out. Call it inside a transaction, or in autocommit.
    """
    known = readable_pairs(connection) if readable is None else readable
    return [
        _read(connection, pair, projected) if not faults else Sides(pair, tuple(faults))
        for pair, faults in known.items()
    ]


def _read(connection: Connection, pair: Pair, projected: Sequence[Projected]) -> Sides:
    """Return both sides of one target table whose columns have the types of its projections."""
    given = _given(connection, pair, projected)
    if given and (counted := _as_given(connection, pair, given)):
        return Sides(pair, (), same=True, expected=counted, loaded=counted)
    holes = {"expected": pair.expected, "loaded": pair.loaded(connection)}
    statement = query("reconcile/sides", **holes)
    read = partial(rows, connection, statement)
    found = read_or_none(connection, read, INCOMPARABLE)
    if found is None:
        return Sides(pair, ())
    row = found[0]
    same = not row["different"]
    for side in ("expected", "loaded"):
        same = same and row[f"{side}_rows"] == row[f"{side}_joined"]
    return Sides(
        pair,
        (),
        same=same,
        # rows that are equal to the last byte have one sum
        expected=(row["expected_rows"], row["loaded_sum"]),
        loaded=(row["loaded_rows"], row["loaded_sum"]),
    )


def _given(connection: Connection, pair: Pair, projected: Sequence[Projected]) -> list[Projected]:
    """Return what the projections of a table gave to the load; nothing unless all are the same."""
    known = {(item.source, item.projection): item for item in projected}
    found = [known.get((one.source, one.checksum(connection))) for one in pair.projections]
    return [item for item in found if item] if all(found) else []


def _as_given(connection: Connection, pair: Pair, given: Sequence[Projected]) -> Counted | None:
    """Return rows and fingerprint of a table that holds what its projections gave; else None."""
    holes = {"loaded": pair.loaded(connection), "mark": row_mark(sql.SQL("side.whole"))}
    read = partial(rows, connection, query("reconcile/loaded_rows", **holes))
    found = read_or_none(connection, read, INCOMPARABLE)
    if found is None:
        return None
    row, number = found[0], sum(item.rows for item in given)
    same = row["rows"] == row["keys"] == number and row["total"] == sum(one.total for one in given)
    return (row["rows"], row["loaded_sum"]) if same else None
