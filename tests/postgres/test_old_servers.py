"""A server that is too old is refused before anything is read or written.

No such server can be had here. A relay in front of a real one changes the version that it states in
its greeting, which is all that a client goes by, and hands on everything else.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import legacy_template
from listening import listening

from motomind_nb import backup, postgres, staging
from motomind_nb.core import Refused
from motomind_nb.postgres import Server, connect

GREETING = b"server_version\x00"


def hand_on(
    reading: socket.socket, writing: socket.socket, change: Callable[[bytes], bytes]
) -> None:
    """Hand on what arrives, until one end closes."""
    try:
        while data := reading.recv(1 << 16):
            writing.sendall(change(data))
    except OSError:
        pass
    for end in (reading, writing):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)  # wakes the thread of the other direction too


@contextmanager
def stating(server: Server, major: int) -> Iterator[str]:
    """The host and port of a relay whose server states another major version, of two digits."""
    place = next(server.socket.glob(".s.PGSQL.*[0-9]"))

    def change(data: bytes) -> bytes:
        head, found, rest = data.partition(GREETING)
        return head + found + str(major).encode() + rest[2:] if found else data

    def serve(client: socket.socket) -> None:
        behind = socket.socket(socket.AF_UNIX)
        behind.connect(str(place))
        back = threading.Thread(target=hand_on, args=(behind, client, change), daemon=True)
        back.start()
        hand_on(client, behind, bytes)

    with listening(serve) as address:
        yield address


@pytest.mark.parametrize("major", [10, 14])
def test_a_source_that_is_too_old_is_refused_and_no_folder_made(
    server: Server, tmp_path: Path, major: int
) -> None:
    database = legacy_template(server, "sample")
    with stating(server, major) as place, pytest.raises(Refused) as raised:
        backup.take_backup(f"{place} dbname={database}", tmp_path / "backup")
    assert raised.value.exit_code == 3
    said = f"expected PostgreSQL 15 or newer, found PostgreSQL {major}; use a newer one"
    assert said in str(raised.value)
    assert not (tmp_path / "backup").exists()


def test_a_target_that_is_too_old_is_refused(server: Server, empty_database: str) -> None:
    database = empty_database.partition("dbname=")[2].split()[0]
    with stating(server, 14) as place, connect(f"{place} dbname={database}") as connection:
        with pytest.raises(Refused, match="found PostgreSQL 14"):
            staging.refuse_target(connection)
        connection.rollback()
        assert postgres.value(connection, "SELECT to_regnamespace('legacy') IS NULL") is True


def test_the_oldest_that_is_supported_is_taken(server: Server, empty_database: str) -> None:
    """The control: the same relay, another number."""
    database = empty_database.partition("dbname=")[2].split()[0]
    with stating(server, 15) as place, connect(f"{place} dbname={database}") as connection:
        staging.refuse_target(connection)
        assert postgres.version(connection) == 15
