"""Legal erasure of one tenant, by the owner of the rebuilt schema, in one transaction.

The rows go from public, private, legacy and audit; a log entry without personal values stays.
Backups and run folders on disk are not touched: ``holding`` lists those that still name the
tenant, so that a person can remove them.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import psycopg
import zstandard

from motomind_nb.core import MotomindError, Refused, as_one_line
from motomind_nb.postgres import Connection, mask_secrets, query, raise_outage, rows, value
from motomind_nb.rebuilt.build import create_audit

BLOCK_BYTES = 1 << 20


def erase_tenant(connection: Connection, tenant_id: str, name: str, reason: str) -> dict[str, int]:
    """Erase a tenant whose name the caller repeats; return the rows erased by relation.

    Writes: public, private, legacy, audit; never commits.
    Raises: Refused for an id that is no uuid, an unknown tenant, another name, a role that does
    not own the rebuilt schema, or somebody else's table that the deletion would reach;
    MotomindError when rows of another tenant hold on to it.
    """
    values = {"tenant": _uuid(tenant_id), "operator": _operator(connection), "reason": reason}
    _refuse_unless(connection, values["tenant"], name)
    _refuse_cascades(connection)
    create_audit(connection)
    try:
        counts = value(connection, query("rebuilt/erase/erase"), values)
    except psycopg.Error as error:
        raise_outage(error)
        raise MotomindError(
            f"tenant {tenant_id}",
            "every row of it erased",
            as_one_line(mask_secrets(error.diag.message_primary or error)),
            "nothing was erased; settle the cause and run the command again",
        ) from error
    return {relation: int(erased) for relation, erased in counts.items()}


def _refuse_cascades(connection: Connection) -> None:
    """Raise Refused, naming them, when erasing would reach into tables that are not ours."""
    found = rows(connection, query("rebuilt/erase/cascades"))
    if found:
        raise Refused(
            "erase",
            "no table of others that a deletion reaches",
            "; ".join(f"{row['name']} (ON DELETE {row['action']})" for row in found),
            "delete the tenant's rows there yourself, and make these foreign keys NO ACTION",
        )


def _operator(connection: Connection) -> str:
    """Return who erases: the user of this computer and the role in the database."""
    try:
        person = getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        person = "unknown user"
    return f"{person} as {connection.info.user}"


def _uuid(text: str) -> str:
    """Return the id in its usual form.

    Raises: Refused when it is no uuid.
    """
    try:
        return str(UUID(text))
    except ValueError:
        raise Refused(
            "tenant", "the uuid of a tenant", repr(text[:60]), "copy it from tenants.id"
        ) from None


def _refuse_unless(connection: Connection, tenant_id: str, name: str) -> None:
    """Raise Refused unless the role owns the schema and the name is the tenant's. Reads only."""
    allowed = value(connection, query("rebuilt/erase/allowed"))
    if not allowed:
        raise Refused(
            "erase",
            "the role that owns vehicle_events",
            "no rebuilt schema here" if allowed is None else "another role",
            "connect as the owner",
        )
    found = value(connection, query("rebuilt/erase/tenant_name"), {"tenant": tenant_id})
    if found is None or found != name:
        raise Refused(
            f"tenant {tenant_id}",
            "its name, repeated as a confirmation",
            "no such tenant" if found is None else "another name",
            "look the name up in tenants and repeat it exactly",
        )


def files_naming_tenant(folders: Iterable[Path], tenant_id: str) -> list[Path]:
    """Return the files below the folders (runs, backups) that still name the tenant. Reads only.

    Compressed files are searched too; a uuid is found as text and in its 16 bytes.
    """
    wanted = UUID(tenant_id)
    marks = (str(wanted).encode(), str(wanted).upper().encode(), wanted.bytes)
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [path for path in files if _holds(path, marks)]


def _holds(path: Path, marks: tuple[bytes, ...]) -> bool:
    """Return whether a file holds one of the marks, block by block with an overlap."""
    tail = b""
    # a running server's own files may go meanwhile
    with suppress(FileNotFoundError), path.open("rb") as file:
        for block in _blocks(file, compressed=path.suffix == ".zst"):
            if any(mark in tail + block for mark in marks):
                return True
            tail = block[-40:]
    return False


def _blocks(file: BinaryIO, *, compressed: bool) -> Iterator[bytes]:
    """Yield the content; a damaged compressed file is yielded as far as it can be read."""
    if not compressed:
        while block := file.read(BLOCK_BYTES):
            yield block
        return
    try:
        with zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True) as reader:
            while block := reader.read(BLOCK_BYTES):
                yield block
    except zstandard.ZstdError:
        return
