"""Work that several connections share, and several small results that share one message."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from motomind_nb.core import MotomindError, Tell, no_progress
from motomind_nb.postgres.connection import Connection, Row, value
from motomind_nb.postgres.queries import as_script, query


@dataclass(frozen=True)
class Task:
    """One piece of work for any of the connections. ``cost`` has any unit that all tasks share."""

    cost: float
    act: Callable[[Connection], Any]


def share_tasks(
    connections: Sequence[Connection],
    tasks: Sequence[Task],
    name: str,
    tell: Tell = no_progress,
) -> list[Any]:
    """Do all tasks, the costliest first, as many at once as there are connections.

    Return what each gave, in the order of the tasks.

    ``tell`` is called by one thread at a time, with the name, how many tasks were begun and how
    many there are. The first error, or Ctrl-C, ends them all: the statements that run are
    cancelled.
    Raises: what a task raised.
    """
    waiting = sorted(enumerate(tasks), key=lambda numbered: numbered[1].cost)
    given: list[Any] = [None] * len(tasks)
    lock = threading.Lock()

    def work(connection: Connection) -> None:
        while True:
            with lock:
                if not waiting:
                    return
                number, task = waiting.pop()
                tell(name, len(tasks) - len(waiting), len(tasks))
            given[number] = task.act(connection)

    with ThreadPoolExecutor(len(connections)) as pool:
        try:
            ends = [pool.submit(work, connection) for connection in connections]
            for end in wait(ends, return_when=FIRST_EXCEPTION).done:
                end.result()
        except BaseException:
            with lock:
                waiting.clear()
            for connection in connections:
                with suppress(psycopg.Error):  # what was raised says more
                    connection.cancel()
            raise
    return given


def export_snapshot(connection: Connection) -> str:
    """Return the name under which other transactions can see what this one sees, while it lasts."""
    return str(value(connection, query("postgres/sharing/export_snapshot")))


def import_snapshot(connection: Connection, name: str) -> None:
    """Begin a transaction, which must be repeatable read, that sees what another one sees."""
    connection.execute(query("postgres/sharing/import_snapshot", snapshot=sql.Literal(name)))


@contextmanager
def with_helper(connect: Callable[[], Connection]) -> Iterator[Connection]:
    """Give a connection with a helper; without one where the server has no room for a second."""
    with connect() as connection, ExitStack() as stack:
        with suppress(MotomindError):
            connection.helpers = (stack.enter_context(connect()),)
        yield connection


@contextmanager
def same_snapshot(connection: Connection) -> Iterator[list[Connection]]:
    """Give the connection and its helpers, whose read-only transactions see what it sees now.

    Call it inside a transaction, of which the helpers see nothing that is not committed yet. The
    connection itself sees later commits, too, unless its transaction is repeatable read.
    """
    try:
        name = export_snapshot(connection) if connection.helpers else ""
        for helper in connection.helpers:
            helper.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            helper.read_only = True
            import_snapshot(helper, name)
        yield [connection, *connection.helpers]
    finally:
        for helper in connection.helpers:
            if not helper.closed:  # a lost one has said so already
                helper.rollback()


def rows_of_each(connection: Connection, statements: Sequence[sql.Composed]) -> Iterator[list[Row]]:
    """Yield the rows of each of several small results as dicts, asked for in one message.

    Values cannot go along. Reads only if the queries do.
    """
    with connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(as_script(statements))
        while True:
            yield cursor.fetchall()
            if not cursor.nextset():
                return
