"""The operator's own statements for what hangs on the old objects from outside (--also).

They run inside the transaction, after everything was compared. So they may change nothing of what
was: neither the old objects, which a rollback needs, nor rows of the rebuilt tables; what they do
to the definitions of the rebuilt schema the comparison with the package tells. Settings and the
role of the session are put back behind them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import psycopg
from psycopg import sql

from motomind_nb import postgres
from motomind_nb.backup import Manifest
from motomind_nb.core import Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Relation, query, raise_outage, rows

MOST = 5  # names in a refusal
PUBLICATION = "publication"  # the rebuilt tables have taken the places of the old ones before
Facts = dict[str, tuple[int, int, int]]


def execute_unchanging(connection: Connection, text: str, before: Manifest) -> None:
    """Execute statements as a body that can neither commit nor roll back.

    ``before`` describes the old objects before the switch. Never commits.
    Raises: Refused, with what the server said of them, or naming what they changed.
    """
    files, settings = _relation_facts(connection), rows(connection, query("apply/also/settings"))
    _execute(connection, text)
    names = {
        "names": [row["name"] for row in settings],
        "values": [row["held"] for row in settings],
    }
    connection.execute(query("apply/also/be_self"))
    connection.execute(query("apply/also/put_back"), names)
    now = _relation_facts(connection)
    touched = [name for name in files if files[name] != now.get(name)]
    with connection.transaction(force_rollback=True):  # the search path is put back
        captured, _ = postgres.describe_schema(connection, connection.schemas.source)
    altered = _altered(before.objects, [captured[name] for name in captured])
    if changed := [*touched, *(name for name in altered if name not in touched)]:
        more = f" and {len(changed) - MOST} more" if len(changed) > MOST else ""
        raise Refused(
            "--also",
            "statements for what hangs on the old objects from outside, which change none of these"
            " and no row of the rebuilt tables",
            f"they change {', '.join(changed[:MOST])}{more}",
            "take that out of the file; nothing was changed",
        )


def _execute(connection: Connection, text: str) -> None:
    """Execute statements in a savepoint. Raises: Refused, with what the server said of them."""
    body = query("apply/outside/execute", text=sql.Literal(text)).as_string(connection)
    try:
        with connection.transaction():
            connection.execute(query("apply/outside/do", body=sql.Literal(body)))
    except psycopg.errors.LockNotAvailable:
        raise  # of somebody who is at work, not of the text
    except psycopg.Error as error:
        raise_outage(error)
        raise Refused(
            "--also",
            "statements that run inside the transaction, without BEGIN, COMMIT or ROLLBACK",
            str(error.diag.message_primary),
            "mend the file; nothing was changed",
        ) from error


def _relation_facts(connection: Connection) -> Facts:
    """Return oid, file and rows written so far of each relation, old or rebuilt. Reads only."""
    values = {"names": list(catalog.objects())}
    found = rows(connection, query("apply/also/relations"), values)
    return {row["name"]: (row["id"], row["file"], row["written"]) for row in found}


def _altered(before: Iterable[Relation], now: Iterable[Relation]) -> list[str]:
    """Return the old objects whose columns or definitions are not what they were."""
    old, new = Counter(_lines(before)), Counter(_lines(now))
    return sorted({f"legacy.{line[0]}" for line in [*(old - new), *(new - old)]})


def _lines(relations: Iterable[Relation]) -> Iterator[tuple[str, ...]]:
    """Yield each column and definition of the old objects as a line that begins with the name."""
    for item in relations:
        if item.name in catalog.objects():
            for column in item.columns:
                yield item.name, column.name, f"{column.type} {column.nullable} {column.default}"
            for one in item.definitions:
                if one.kind != PUBLICATION:
                    yield item.name, one.kind, one.name, one.text
