"""A pooler in transaction mode, as PgBouncer is: each transaction gets the next of a few sessions.

It knows as much of PostgreSQL's protocol as that takes: the start of a session, and the message
that says whether a transaction is open. Sessions are made for a database once, and stay.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from select import select

from listening import listening

from motomind_nb.postgres import Server

SESSIONS = 3
STARTUP = 196608  # version 3.0 of the protocol
MADE_UP = b"K" + struct.pack("!iii", 12, 4711, 1)  # a session id of no server process


def exactly(reading: socket.socket, number: int) -> bytes:
    """Read some bytes. Raises: ConnectionError when the other end has closed."""
    data = b""
    while len(data) < number:
        more = reading.recv(number - len(data))
        if not more:
            raise ConnectionError
        data += more
    return data


def message(reading: socket.socket) -> bytes:
    """Read one message of a server."""
    head = exactly(reading, 5)
    return head + exactly(reading, struct.unpack("!i", head[1:])[0] - 4)


def asked_database(client: socket.socket) -> bytes:
    """Read the start of a session; the database that it asks for. Encryption is refused."""
    while True:
        length, code = struct.unpack("!ii", exactly(client, 8))
        words = exactly(client, length - 8).split(b"\0")
        if code == STARTUP:
            return words[words.index(b"database") + 1]
        client.sendall(b"N")


@dataclass
class Pool:
    """The sessions of one database, and what they said when they began."""

    greeting: bytes = b""
    free: SimpleQueue[socket.socket] = field(default_factory=SimpleQueue)

    def fill(self, place: Path, database: bytes) -> None:
        """Make the sessions, as the server's superuser."""
        words = b"user\0postgres\0database\0" + database + b"\0\0"
        for _ in range(SESSIONS):
            session = socket.socket(socket.AF_UNIX)
            session.connect(str(place))
            session.sendall(struct.pack("!ii", len(words) + 8, STARTUP) + words)
            said = [message(session)]
            while said[-1][:1] != b"Z":
                said.append(message(session))
            self.greeting = b"".join(MADE_UP if one[:1] == b"K" else one for one in said)
            self.free.put(session)

    def serve(self, client: socket.socket) -> None:
        """Give a client the next session for each of its transactions, until it goes."""
        client.sendall(self.greeting)
        while True:
            first = client.recv(1 << 16)
            if not first or first[:1] == b"X":
                return
            session = self.free.get()
            session.sendall(first)
            if not is_ended(client, session):
                session.close()  # in the middle of a transaction: the server undoes it
                return
            self.free.put(session)


def is_ended(client: socket.socket, session: socket.socket) -> bool:
    """Hand on what both say until no transaction is open; False where the client went before."""
    while True:
        ready = select([client, session], [], [])[0]
        if session in ready:
            said = message(session)
            client.sendall(said)
            if said[:1] == b"Z" and said[5:] == b"I":
                return True
        elif not (data := client.recv(1 << 16)):
            return False
        else:
            session.sendall(data)


@contextmanager
def pooled(server: Server) -> Iterator[str]:
    """Give host, port and user of a pooler in front of a server."""
    place = next(server.socket.glob(".s.PGSQL.*[0-9]"))
    pools: dict[bytes, Pool] = {}
    making = threading.Lock()

    def serve(client: socket.socket) -> None:
        with closing(client):
            try:
                database = asked_database(client)
                with making:
                    if database not in pools:
                        pools[database] = Pool()
                        pools[database].fill(place, database)
                pools[database].serve(client)
            except OSError:
                return

    try:
        with listening(serve) as address:
            yield address
    finally:
        for pool in pools.values():
            while not pool.free.empty():
                pool.free.get().close()
