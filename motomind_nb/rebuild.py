"""The rebuilt schema, made from schema/target in the caller's transaction.

Three steps, so that a load can run at the speed of bare tables: ``create_tables`` makes tables
and partitions with their column rules but without a key, an index, a trigger or a policy; the
load inserts; ``finish`` adds keys, foreign keys and indexes (each built and validated once, over
whole tables), then triggers, views, policies, grants and jobs, and fills the timeline. Nothing
has to be disabled, which a role that is no superuser could not do for foreign keys anyway.
``apply`` does both steps at once for a database that is filled by its users.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from psycopg import sql as composed

from motomind_nb import resources, sql
from motomind_nb.database import Connection, rows
from motomind_nb.errors import Refused

ALWAYS = range(2024, 2028)
LAST_TABLE_FILE = "03"


def files() -> list[Path]:
    """Return the numbered files of schema/target, in order. 00 (audit) is the stage's."""
    return sorted(resources.folder("schema").joinpath("target").glob("[0-9][0-9]_*.sql"))


def apply(connection: Connection, years: Iterable[int] = ()) -> None:
    """Create the whole rebuilt schema, empty, with a partition for each year.

    Writes: schemas public and private; never commits.
    Raises: Refused as ``create_tables`` does.
    """
    create_tables(connection, years)
    finish(connection)


def create_tables(connection: Connection, years: Iterable[int] = ()) -> None:
    """Create bare tables and yearly partitions (2024 to 2027 and the years given) for a load.

    Writes: schemas public and private; never commits.
    Raises: Refused when a role of the API is missing or anything of the schema exists.
    """
    refuse_without_roles(connection)
    refuse_existing(connection)
    for path in files():
        if "01" <= path.name[:2] <= LAST_TABLE_FILE:
            _execute(connection, path)
    wanted = sorted({*ALWAYS, *years})
    connection.execute(sql.query("rebuild/create_partitions"), {"years": wanted})


def finish(connection: Connection) -> None:
    """Add keys, indexes, triggers, views, policies, grants and jobs; fill the timeline.

    Writes: schemas public and private, and jobs of pg_cron where it is installed; never commits.
    Raises: psycopg.Error when loaded rows break a key, naming it.
    """
    for path in files():
        if path.name[:2] > LAST_TABLE_FILE:
            _execute(connection, path)


def create_audit(connection: Connection) -> None:
    """Create schema audit and its tables where they are missing. Never commits."""
    _execute(connection, files()[0])


def refuse_without_roles(connection: Connection) -> None:
    """Raise Refused, with the SQL to create them, when roles of the API are missing. Reads only."""
    missing = [row["role"] for row in rows(connection, sql.query("rebuild/missing_roles"))]
    if missing:
        rights = {"service_role": "CREATE ROLE service_role NOLOGIN BYPASSRLS"}
        orders = [rights.get(role, f"CREATE ROLE {role} NOLOGIN") for role in missing]
        raise Refused(
            "roles", "anon, authenticated and service_role", f"no {', '.join(missing)}",
            f"execute once as an administrator: {'; '.join(orders)};",
        )  # fmt: skip


def refuse_existing(connection: Connection) -> None:
    """Raise Refused when anything of the rebuilt schema exists, listing all of it. Reads only."""
    found = [row["object"] for row in rows(connection, sql.query("rebuild/existing"))]
    if found:
        raise Refused(
            "rebuilt schema", "nothing of it in public or private",
            f"{len(found)} objects: {', '.join(found)}",
            "name an empty database, or take the earlier rebuild back first",
        )  # fmt: skip


def _execute(connection: Connection, path: Path) -> None:
    """Execute one file of several statements as it stands, without parameters."""
    connection.execute(composed.SQL(sql.read(path)))
