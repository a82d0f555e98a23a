"""Work shared by several connections: all of it is done, and one error ends all of it."""

from __future__ import annotations

import threading

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from motomind_nb.postgres import (
    Connection,
    Server,
    Task,
    connect,
    share_tasks,
    value,
    with_helper,
)
from motomind_nb.postgres.queries import compose


def test_all_tasks_are_done_the_costliest_first(empty_database: str) -> None:
    done: list[int] = []
    told: list[tuple[int, int]] = []

    def task(cost: int) -> Task:
        asked = compose(f"SELECT {cost}")
        return Task(cost, lambda connection: done.append(value(connection, asked)))

    tasks = [task(cost) for cost in (2, 3, 1)]
    with connect(empty_database) as connection:
        share_tasks([connection], tasks, "work", lambda _, *numbers: told.append(numbers))
    assert done == [3, 2, 1]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_server_without_room_for_a_second_session_gives_no_helper(
    server: Server, empty_database: str
) -> None:
    with connect(server.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE ROLE \"sole 'Ω'\" LOGIN CONNECTION LIMIT 1")
    try:
        sole = make_conninfo(empty_database, user="sole 'Ω'")
        with with_helper(lambda: connect(sole)) as connection:
            assert connection.helpers == () and value(connection, b"SELECT 1") == 1
        with with_helper(lambda: connect(empty_database)) as connection:
            assert [value(helper, b"SELECT 1") for helper in connection.helpers] == [1]
    finally:
        with connect(server.conninfo(), autocommit=True) as connection:
            connection.execute("DROP ROLE \"sole 'Ω'\"")


def test_tasks_of_two_connections_run_at_the_same_time(empty_database: str) -> None:
    meeting = threading.Barrier(2)
    with connect(empty_database) as one, connect(empty_database) as other:
        share_tasks(
            [one, other], [Task(1, lambda _: meeting.wait(30) and None) for _ in range(2)], "work"
        )
    assert not meeting.broken


def test_one_error_cancels_what_runs_and_drops_what_waits(server: Server) -> None:
    begun, cancelled, dropped = threading.Event(), threading.Event(), threading.Event()

    def sleep(connection: Connection) -> None:
        begun.set()
        try:
            connection.execute("SELECT pg_sleep(600)")
        except psycopg.errors.QueryCanceled:
            cancelled.set()
            raise

    def fail(connection: Connection) -> None:
        begun.wait()
        while not value(
            connection,
            compose(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE query LIKE '%%pg_sleep(600)%%'"
                " AND pid <> pg_backend_pid()"
            ),
        ):
            connection.rollback()
        raise ZeroDivisionError

    tasks = [Task(3, sleep), Task(2, fail), Task(1, lambda _: dropped.set())]
    conninfo = server.conninfo()
    with connect(conninfo) as one, connect(conninfo) as other, pytest.raises(ZeroDivisionError):
        share_tasks([one, other], tasks, "work")
    assert cancelled.is_set() and not dropped.is_set()
