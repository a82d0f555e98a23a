"""The end of a transaction, also when the connection dies in the middle of COMMIT."""

from __future__ import annotations

import time

import psycopg

from motomind_nb.core import MotomindError
from motomind_nb.postgres import Connection, connect, query, value

COMMITTED, ABORTED = "committed", "aborted"
IN_PROGRESS, UNANSWERED = "in progress", "the server does not answer"
FATES = {
    ABORTED: "the transaction was aborted and nothing has changed",
    IN_PROGRESS: "the transaction is still in progress",
    None: "the server does not know the transaction any more",
}
ASK_TRIES, ASK_PAUSE = 60, 0.5  # half a minute until the server says what became of a transaction


def commit(connection: Connection, conninfo: str, transaction: str) -> None:
    """Commit; when the connection is lost meanwhile, ask what became of the transaction.

    Raises: MotomindError when it was undone, or when nobody can tell.
    """
    try:
        connection.commit()
    except psycopg.OperationalError as error:
        fate = fate_of_transaction(conninfo, transaction)
        if fate == COMMITTED:
            return
        raise MotomindError(
            "database server",
            "a connection that lasts until the end",
            f"one lost at COMMIT; {FATES.get(fate, fate)}",
            "run it again" if fate == ABORTED else "motomind status says what became of it",
        ) from error


def fate_of_transaction(conninfo: str, transaction: str) -> str | None:
    """Return what became of a transaction: committed, aborted, None where nobody knows.

    After half a minute: in progress, or that the server does not answer.
    """
    fate: str | None = UNANSWERED
    for _ in range(ASK_TRIES):
        try:
            with connect(conninfo) as connection:
                fate = value(connection, query("apply/transaction_status"), {"id": transaction})
        except (MotomindError, psycopg.Error):
            fate = UNANSWERED
        if fate not in {IN_PROGRESS, UNANSWERED}:
            return fate
        time.sleep(ASK_PAUSE)
    return fate
