"""Work that several connections share, and several small results that share one message."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass

from psycopg import sql
from psycopg.rows import dict_row

from motomind_nb.core import Tell, no_progress
from motomind_nb.postgres.connection import Connection, Row
from motomind_nb.postgres.queries import as_script


@dataclass(frozen=True)
class Task:
    """One piece of work for any of the connections. ``cost`` has any unit that all tasks share."""

    cost: float
    act: Callable[[Connection], None]


def share_tasks(
    connections: Sequence[Connection],
    tasks: Sequence[Task],
    name: str,
    tell: Tell = no_progress,
) -> None:
    """Do all tasks, the costliest first, as many at once as there are connections.

    ``tell`` is called by one thread at a time, with the name, how many tasks were begun and how
    many there are. The first error, or Ctrl-C, ends them all: the statements that run are
    cancelled.
    Raises: what a task raised.
    """
    waiting = sorted(tasks, key=lambda task: task.cost)
    lock = threading.Lock()

    def work(connection: Connection) -> None:
        while True:
            with lock:
                if not waiting:
                    return
                task = waiting.pop()
                tell(name, len(tasks) - len(waiting), len(tasks))
            task.act(connection)

    with ThreadPoolExecutor(len(connections)) as pool:
        try:
            ends = [pool.submit(work, connection) for connection in connections]
            for end in wait(ends, return_when=FIRST_EXCEPTION).done:
                end.result()
        except BaseException:
            with lock:
                waiting.clear()
            for connection in connections:
                connection.cancel()
            raise


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
