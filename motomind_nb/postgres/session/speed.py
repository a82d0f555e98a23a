"""How fast a server is now, by a piece of work that is the same everywhere."""

from __future__ import annotations

import time
from typing import Any

import psycopg

from motomind_nb.postgres.queries import query

PIECES = 5  # one of them takes some 20 ms: too short alone where others are at work


def seconds_of_same_work(connection: psycopg.Connection[Any]) -> float:
    """Return the seconds that a server takes for a piece of work that reads no table."""
    work = query("postgres/server/same_work")
    started = time.monotonic()
    for _ in range(PIECES):
        connection.execute(work).fetchall()
    return (time.monotonic() - started) / PIECES
