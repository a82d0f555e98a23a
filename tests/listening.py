"""A server's place in front of PostgreSQL: what connects there is served by a thread of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """Give host, port and user of a place where each client is served until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                # a small piece of an answer would wait for the acknowledgement of the one before
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=serve, args=(client,), daemon=True).start()

        threading.Thread(target=listen, daemon=True).start()
        try:
            yield f"host=127.0.0.1 port={listener.getsockname()[1]} user=postgres sslmode=disable"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
