"""The embedded PostgreSQL: started on demand on a private socket, stopped with its caller.

The launcher is our own (see ``keeper``): every packaged one leaves its server running when Python
is killed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motomind_nb.core import MotomindError
from motomind_nb.postgres.connection import connect
from motomind_nb.postgres.embedded.binaries import (
    binaries,
    has_cluster,
    make_folder_for_server,
    refuse_unknown_user,
    server_user,
)
from motomind_nb.postgres.queries import query
from motomind_nb.postgres.session import PORT, SOCKET_PREFIX, clean_environment, private_conninfo

CLUSTER_NAME = "motomind embedded server"
SETTINGS = {
    "cluster_name": CLUSTER_NAME,  # what tells it from a user's server
    # a rehearsal server holds copies only: speed before durability
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "shared_buffers": "256MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "listen_addresses": "",
    "port": PORT,
    "max_connections": "120",
    "max_prepared_transactions": "0",
}
KEEPER = Path(__file__).with_name("keeper.py")


@dataclass(frozen=True)
class Server:
    """A running server: where its socket lies and how to reach one of its databases."""

    socket: Path
    data: Path
    keeper: subprocess.Popen[str]

    def conninfo(self, database: str = "postgres") -> str:
        """Return the connection string of one database (no password: the socket is private)."""
        return private_conninfo(str(self.socket), database)

    def create_database(self, name: str, template: str = "template0") -> str:
        """Create a database from a template and return its connection string."""
        with connect(self.conninfo(), autocommit=True) as connection:
            connection.execute(
                query("postgres/server/create_database", name=name, template=template)
            )
        return self.conninfo(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, sessions in it included."""
        with connect(self.conninfo(), autocommit=True) as connection:
            connection.execute(query("postgres/server/drop_database", name=name))

    def databases(self) -> list[str]:
        """Return the names of all databases. Reads only."""
        with connect(self.conninfo(), autocommit=True) as connection:
            return [row[0] for row in connection.execute(query("postgres/server/databases"))]

    def prepare(self, name: str) -> str:
        """Create what Supabase has and an empty database lacks: roles, schema extensions."""
        with connect(self.conninfo(name)) as connection:
            connection.execute(query("postgres/server/prepare"))
        return self.conninfo(name)

    def new_database(self, name: str) -> str:
        """Create an empty database with roles and the uuid stand-in; return its conninfo."""
        self.create_database(name)
        return self.prepare(name)

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        if self.keeper.stdin is not None and not self.keeper.stdin.closed:
            self.keeper.stdin.close()
        self.keeper.wait(90)
        if self.keeper.stdout is not None:
            self.keeper.stdout.close()


def _own(path: Path) -> None:
    """Give the folder to the user that the server runs as, closed to all others."""
    user = server_user()
    path.chmod(0o700)
    if user is None:
        return
    try:
        os.chown(path, user.pw_uid, user.pw_gid)
    except PermissionError as error:
        raise MotomindError(
            "embedded server",
            f"the right to run it as the user {user.pw_name}, because PostgreSQL refuses root",
            f"{path}: {error.strerror}",
            "run as another user, give root the capabilities CHOWN, SETUID and SETGID, or name"
            " databases of your own with --source and --target",
        ) from None


def initialise(data: Path) -> None:
    """Make a new cluster in an empty or missing folder (UTF-8, locale C: the same everywhere)."""
    refuse_unknown_user()
    make_folder_for_server(data.parent)
    data.mkdir(exist_ok=True)
    _own(data)
    user = server_user()
    who = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    command = [
        str(binaries() / "initdb"),
        "-D",
        str(data),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
        "--no-instructions",
    ]
    done = subprocess.run(  # type: ignore[call-overload]
        command,
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
        env=clean_environment(),
        **who,
    )
    if done.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise MotomindError(
            "embedded server",
            f"initdb to make a cluster in {data}",
            done.stderr or done.stdout,
            "check the free space, or name another folder in MOTOMIND_HOME",
        )


def start_server(
    data: Path | None = None, settings: dict[str, str] | None = None, *, temporary: bool = False
) -> Server:
    """Start a server on a cluster folder (made when missing) and return it.

    Without a folder, or where it is called temporary, the cluster vanishes with the server. The
    server ends with this process, even after kill -9.
    Raises: MotomindError when the server does not start.
    """
    place, prefix = os.path.split(SOCKET_PREFIX)
    socket = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    temporary = temporary or data is None
    data = data or Path(str(socket) + ".data")
    remove = [str(socket), *([str(data)] if temporary else [])]
    try:
        _own(socket)
        if not has_cluster(data):
            initialise(data)
        order = _order(socket, data, settings or {}) | {"remove": remove}
    except BaseException:
        for folder in remove:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    keeper = subprocess.Popen(
        [sys.executable, "-I", "-S", str(KEEPER), json.dumps(order)],
        start_new_session=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd="/",
        env=clean_environment(),
    )
    return _ready(Server(socket, data, keeper))


def _order(socket: Path, data: Path, settings: dict[str, str]) -> dict[str, Any]:
    """Return what the keeper needs to know to start the server."""
    user = server_user()
    return {
        "command": [
            str(binaries() / "postgres"),
            "-D",
            str(data),
            "-k",
            str(socket),
            *_options({**SETTINGS, **settings}),
        ],
        "data": str(data),
        "log": str(data / "server.log"),
        "user": user.pw_uid if user else None,
        "group": user.pw_gid if user else None,
    }


def _options(settings: dict[str, str]) -> list[str]:
    """Return the settings as command line options."""
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def _ready(server: Server) -> Server:
    """Return the server once its keeper says that it accepts connections."""
    line = server.keeper.stdout.readline().strip() if server.keeper.stdout else ""
    if line == "ready":
        return server
    log = server.data / "server.log"
    said = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    server.stop()
    raise MotomindError(
        "embedded server",
        "it to start",
        said[-1] if said else "nothing in its log",
        f"stop another run on the same cluster, or check the free space of {server.data.parent}"
        " (MOTOMIND_HOME names another folder)",
    )


@contextmanager
def embedded_server(data: Path | None = None, *, temporary: bool = False) -> Iterator[Server]:
    """Start a server as ``start_server`` does and stop it at the end of the block."""
    server = start_server(data, temporary=temporary)
    try:
        yield server
    finally:
        server.stop()
