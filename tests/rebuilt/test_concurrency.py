"""Real writers in parallel: no decreasing pair of readings ever commits, at any isolation level."""

from __future__ import annotations

import random
import threading
import uuid

import psycopg
import pytest
from psycopg import IsolationLevel, errors
from rebuilt import SPARE_A, VEHICLE_A, Connection, acting, event, live, one, target

from motomind_nb.postgres import connect

__all__ = ["live", "target"]

WRITERS = 16
VEHICLES = (VEHICLE_A, SPARE_A)
RETRY = (errors.SerializationFailure, errors.DeadlockDetected)
DECREASING_PAIRS = """
SELECT count(*) FROM vehicle_events AS early JOIN vehicle_events AS late
ON early.tenant_id = late.tenant_id AND early.vehicle_id = late.vehicle_id
    AND early.chain = late.chain AND early.miles > late.miles
    AND (early.date < late.date OR (early.date = late.date AND early.local_time < late.local_time))
WHERE NOT early.disputed AND NOT late.disputed
    AND NOT EXISTS (SELECT FROM vehicle_events AS c WHERE c.supersedes_id IN (early.id, late.id))
"""
LEVELS = (
    IsolationLevel.READ_COMMITTED,
    IsolationLevel.REPEATABLE_READ,
    IsolationLevel.SERIALIZABLE,
)


class Writer(threading.Thread):
    """One session that inserts random readings of both vehicles, some as corrections."""

    def __init__(self, conninfo: str, seed: int, level: IsolationLevel) -> None:
        super().__init__()
        self.conninfo, self.random, self.level = conninfo, random.Random(seed), level
        self.taken = self.refused = self.retried = 0
        self.unexpected: list[str] = []

    def run(self) -> None:
        with connect(self.conninfo) as connection:
            connection.isolation_level = self.level
            for _ in range(14):
                self.attempt(connection)

    def attempt(self, connection: Connection) -> None:
        try:
            connection.execute("SELECT count(*) FROM vehicle_events")  # takes the snapshot early
            for _ in range(self.random.choice((1, 1, 2))):
                self.insert(connection)
            connection.commit()
            self.taken += 1
        except errors.CheckViolation:
            self.refused += 1
        except RETRY:
            self.retried += 1
        except psycopg.Error as error:
            self.unexpected.append(str(error))
        connection.rollback()

    def insert(self, connection: Connection) -> None:
        day, hour = self.random.randint(1, 28), self.random.choice((None, "07:00", "19:00"))
        columns = {
            "vehicle_id": self.random.choice(VEHICLES),
            "date": f"2025-02-{day:02}",
            "local_time": hour,
            "miles": day * 100 + self.random.randint(-150, 150),
        }
        event(connection, **columns)


@pytest.mark.parametrize("levels", [*((level,) for level in LEVELS), LEVELS], ids=str)
def test_no_decreasing_pair_commits(target: str, levels: tuple[IsolationLevel, ...]) -> None:
    writers = [Writer(target, seed, levels[seed % len(levels)]) for seed in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [fault for writer in writers for fault in writer.unexpected] == []
    with connect(target) as connection:
        assert one(connection, DECREASING_PAIRS) == 0
        assert one(connection, "SELECT count(*) FROM vehicle_events") >= WRITERS
    assert sum(writer.taken for writer in writers) > 0
    assert sum(writer.refused for writer in writers) > 0


@pytest.mark.parametrize("level", LEVELS, ids=str)
def test_two_sessions_cannot_both_commit_a_decrease(target: str, level: IsolationLevel) -> None:
    """500 on the 10th and 400 on the 11th: the race that the original design lost."""
    with connect(target) as first, connect(target) as second:
        for connection in (first, second):
            connection.isolation_level = level
            connection.execute("SELECT count(*) FROM vehicle_events")
        event(first, date="2025-09-10", miles=500)
        outcome: list[str | None] = []

        def late() -> None:
            try:
                event(second, date="2025-09-11", miles=400)
                second.commit()
                outcome.append(None)
            except psycopg.Error as error:
                outcome.append(error.sqlstate)

        thread = threading.Thread(target=late)
        thread.start()
        first.commit()
        thread.join(30)
        expected = "23514" if level == IsolationLevel.READ_COMMITTED else "40001"
        assert outcome == [expected]
        second.rollback()
        assert one(second, DECREASING_PAIRS) == 0


def test_two_corrections_of_one_event_cannot_both_commit(target: str) -> None:
    with connect(target) as first, connect(target) as second:
        typo = event(first, date="2025-09-10", miles=535000)
        first.commit()
        fix = {"date": "2025-09-10", "supersedes_id": typo, "supersedes_date": "2025-09-10"}
        event(first, miles=53500, **fix)
        outcome: list[str | None] = []

        def late() -> None:
            try:
                event(second, miles=53510, **fix)
            except psycopg.Error as error:
                outcome.append(error.sqlstate)

        thread = threading.Thread(target=late)
        thread.start()
        first.commit()
        thread.join(30)
        assert outcome == ["23505"]
        second.rollback()


def test_readings_of_different_vehicles_do_not_wait(target: str) -> None:
    with connect(target) as first, connect(target) as second:
        event(first, date="2025-09-10", miles=500)
        second.execute("SET LOCAL lock_timeout = '2s'")
        event(second, vehicle_id=SPARE_A, date="2025-09-10", miles=500)


def test_a_caller_without_a_select_policy_cannot_slip_past_the_rule(live: Connection) -> None:
    """Whoever may insert is judged by all readings, whatever the policies show."""
    event(live, date="2025-09-10", miles=500)
    live.execute("DROP POLICY service_select ON vehicle_events")
    role = f"service_{uuid.uuid4().hex}"
    live.execute(f"CREATE ROLE {role} NOLOGIN")
    try:
        live.execute(f"GRANT service_role TO {role}")
        with acting(live, role), pytest.raises(errors.CheckViolation, match="cannot decrease"):
            live.execute(
                "INSERT INTO vehicle_events (vehicle_id, type, date, miles)"
                " VALUES (%s, 'odometer', '2025-09-11', 400)",
                (VEHICLE_A,),
            )
    finally:
        live.execute(f"DROP ROLE {role}")
