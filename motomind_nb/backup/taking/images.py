"""Images whose file is gone: where the source lets us read the list of its stored files."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import psycopg

from motomind_nb import postgres
from motomind_nb.backup.taking.place import PUBLIC
from motomind_nb.core import Finding
from motomind_nb.postgres import Connection, query

CHECK = "images lead to files"
TABLE = "vehicle_images"
EXPECTED = "every image's path or URL in storage.objects"
NAMED = 20


def check_images_are_stored(source_conninfo: str) -> Iterator[Finding]:
    """Yield whether every image of a live source leads to a stored file. Reads only.

    Nothing is yielded where the source has no storage.objects or does not let us read it. A list
    of files that row level security would shorten is none.
    """
    with postgres.connect(source_conninfo) as connection:
        connection.read_only = True
        connection.execute(query("backup/begin"))
        names = {"images": f"{PUBLIC}.{TABLE}"}
        if not postgres.value(connection, query("backup/images/readable"), names):
            return
        try:
            lost = images_without_file(connection)
        except psycopg.Error as error:
            said = str(error.diag.message_primary)
            yield Finding(CHECK, TABLE, EXPECTED, "not compared", "warn", said)
            return
    if not lost:
        yield Finding(CHECK, TABLE, EXPECTED, EXPECTED, "ok")
        return
    images = "image leads" if len(lost) == 1 else "images lead"
    rest = f" and {len(lost) - NAMED:,} more" if len(lost) > NAMED else ""
    yield Finding(
        CHECK,
        TABLE,
        EXPECTED,
        f"{len(lost):,} {images} to no file",
        "warn",
        f"the rows are carried over: {', '.join(lost[:NAMED])}{rest}",
    )


def images_without_file(connection: Connection) -> list[str]:
    """Return the ids of the images that lead to no stored file, in order. Reads only.

    A URL writes odd letters as %xx: what is not found as it is written is looked up as it is meant.
    """
    statement = query("backup/images/without_object", images=(PUBLIC, TABLE))
    found = {row["id"]: row["address"] for row in postgres.rows(connection, statement)}
    meant = {key: unquote(text).replace("\0", "") for key, text in found.items() if text}
    addresses = sorted(set(meant.values()))
    known = postgres.rows(connection, query("backup/images/known"), {"addresses": addresses})
    stored = {row["address"] for row in known}
    return [key for key in found if meant.get(key) not in stored]
