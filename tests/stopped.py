"""Acts in place that are stopped at their n-th statement, or at COMMIT: a process of its own.

Reads orders from standard input, one a line: act, n, how, delay; does each in a fork of its own, so
that nothing is imported again, and answers with the fork's exit code, then what it printed. The
connection string is in FLEET. Arguments: run folder of the rehearsal, folder of the backup that a
retirement names, folder for what is discarded.

Act: apply, rollback, carry, retire. How: kill (the fork, by SIGKILL), end (its session, by the
server), cut (its connection), each before the n-th statement is sent; count (the act is undone at
its end and the number of its statements printed); go (the seconds of its COMMIT are printed). "kill
at commit", "end at commit" and "cut at commit" strike some seconds (delay) after COMMIT is sent.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from motomind_nb import apply
from motomind_nb.postgres import connect
from motomind_nb.runs import open_run_folder

REHEARSAL, BACKUP, DISCARDED = (Path(word) for word in sys.argv[1:])
SENDING = ((psycopg.Cursor, "execute"), (psycopg.Cursor, "copy"), (psycopg.Connection, "commit"))
AT_COMMIT = " at commit"


class Stopping:
    """Counts the statements that an act sends, copies and its COMMIT too, and stops at one."""

    def __init__(self, at: int, how: str, delay: float) -> None:
        self.at, self.how, self.delay, self.sent = at, how, delay, 0
        self.is_over, self.commit_seconds = False, 0.0
        self.execute = psycopg.Cursor.execute
        for owner, name in SENDING:
            setattr(owner, name, self.counted(getattr(owner, name), name))

    def counted(self, send: Any, name: str) -> Any:
        """What sends a statement, and counts it until the act is committed."""

        def sending(target: Any, *args: Any, **options: Any) -> Any:
            if self.is_over:
                return send(target, *args, **options)
            self.sent += 1
            if self.sent == self.at:
                self.hit(self.other(), target)
            if name != "commit":
                return send(target, *args, **options)
            return self.commit(send, target)

        return sending

    def commit(self, send: Any, target: Any) -> None:
        """Commit, or undo; what is to strike meanwhile is started before."""
        self.is_over = True
        if self.how == "count":
            target.rollback()
            return
        if self.how.endswith(AT_COMMIT):
            threading.Thread(target=self.strike, args=(self.other(), target)).start()
        started = time.monotonic()
        try:
            send(target)
        finally:
            self.commit_seconds = time.monotonic() - started

    def other(self) -> Any:
        """A session of an administrator, ready."""
        return psycopg.connect(os.environ["FLEET"], autocommit=True)

    def strike(self, other: Any, target: Any) -> None:
        """Stop while COMMIT is on its way."""
        time.sleep(self.delay)
        self.hit(other, target)

    def hit(self, other: Any, target: Any) -> None:
        """Kill this process, cut its connection, or let the server end its session."""
        connection = getattr(target, "connection", target)
        match self.how.removesuffix(AT_COMMIT):
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "cut":
                with socket.socket(fileno=os.dup(connection.pgconn.socket)) as end:
                    end.shutdown(socket.SHUT_RDWR)
            case "end":
                pid = connection.info.backend_pid
                self.execute(other.cursor(), f"SELECT pg_terminate_backend({pid}, 5000)")
        other.close()


@cache
def approved() -> str:
    """The token of the plan, which no stop changes; known to each fork once it is asked for."""
    with connect(os.environ["FLEET"], schemas=apply.IN_PLACE) as connection:
        return apply.plan_apply(connection, apply.Request(open_run_folder(REHEARSAL))).token


def act(name: str, stop: Any) -> None:
    """Carry out an act, without a word from anybody; ``stop`` begins to count."""
    conninfo, patience = os.environ["FLEET"], apply.Patience(5, lambda _text: None)
    if name == "apply":
        request = apply.Request(open_run_folder(REHEARSAL))
        stop()
        apply.carry_out(conninfo, request, apply.Act(f"run-{os.getpid()}", approved()))
        return
    stop()
    if name == "retire":
        apply.retire(conninfo, apply.Retirement("Ida", "thirty days well", BACKUP), patience)
        return
    way = apply.Way(Path(tempfile.mkdtemp(dir=DISCARDED)), carry=name == "carry")
    apply.roll_back(conninfo, way, patience)


def obey(order: str, said: int) -> None:
    """Do what a line says in this process, and end it."""
    name, at, how, delay = order.strip().split(",")
    held: list[Stopping] = []
    try:
        act(name, lambda: held.append(Stopping(int(at), how, float(delay))))
        told = held[0].commit_seconds if how == "go" else held[0].sent
        os.write(said, str(told).encode())
    except BaseException:
        os.write(said, traceback.format_exc().encode()[-20_000:])
        os._exit(1)
    os._exit(0)


def main() -> None:
    """Obey line by line."""
    for order in sys.stdin:
        if order.startswith("apply"):
            approved()
        hearing, said = os.pipe()
        if (child := os.fork()) == 0:
            obey(order, said)
        os.close(said)
        with os.fdopen(hearing) as told:
            text = told.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(code, repr(text), flush=True)


if __name__ == "__main__":
    main()
