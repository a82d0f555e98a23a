"""An act in place that is stopped at its n-th statement: run by tests as a process of its own.

Arguments: act (apply, rollback, carry), run folder, n, how (kill: this process by SIGKILL; end: its
session by the server; never: only counted). Prints the number of statements that were sent. The
connection string is in FLEET.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from motomind_nb import apply
from motomind_nb.postgres import connect
from motomind_nb.runs import open_run_folder


class Stopping:
    """Counts the statements of every cursor, and stops at one of them."""

    def __init__(self, at: int, how: str) -> None:
        self.at, self.how, self.sent = at, how, 0
        self.execute = psycopg.Cursor.execute
        psycopg.Cursor.execute = self.wrapped()  # type: ignore[method-assign, assignment]

    def wrapped(self) -> Any:
        """The execute that counts."""
        stopping = self

        def execute(cursor: Any, *args: Any, **options: Any) -> Any:
            stopping.sent += 1
            if stopping.sent == stopping.at:
                stopping.stop(cursor.connection)
            return stopping.execute(cursor, *args, **options)

        return execute

    def stop(self, connection: Any) -> None:
        """Stop this process, or the session of the connection."""
        if self.how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.how == "end":
            with psycopg.connect(os.environ["FLEET"], autocommit=True) as other:
                pid = connection.info.backend_pid
                self.execute(other.cursor(), f"SELECT pg_terminate_backend({pid}, 5000)")


def act(name: str, folder: Path) -> None:
    """Carry out the act, without a word from anybody."""
    conninfo = os.environ["FLEET"]
    if name == "apply":
        request = apply.Request(open_run_folder(folder))
        with connect(conninfo, schemas=apply.IN_PLACE) as connection:
            token = apply.plan_apply(connection, request).token
        stopping.sent = 0
        apply.carry_out(conninfo, request, apply.Act(f"run-{os.getpid()}", token))
        return
    way = apply.Way(Path(tempfile.mkdtemp()), carry=name == "carry")
    apply.roll_back(conninfo, way, apply.Patience(5, lambda _text: None))


if __name__ == "__main__":
    wanted = int(sys.argv[3])
    stopping = Stopping(-1, sys.argv[4])
    if sys.argv[1] != "apply":
        stopping.at = wanted
        act(sys.argv[1], Path(sys.argv[2]))
    else:
        # what the plan reads before is not counted: the count begins with the act
        counted = apply.carry_out

        def begin(*given: Any) -> Any:
            """Begin to count at the act."""
            stopping.sent, stopping.at = 0, wanted
            return counted(*given)

        apply.carry_out = begin
        act("apply", Path(sys.argv[2]))
    print(stopping.sent)
