"""The rebuilt schema, made from schema/target in the caller's transaction.

Three steps, so that a load can run at the speed of bare tables: ``create_tables`` makes tables
and partitions with their column rules but without a key, an index, a trigger or a policy; the
load inserts; ``add_keys`` adds keys, foreign keys and indexes (each built and validated once, over
whole tables) and the views over the rows, and fills the timeline; ``add_rules`` adds triggers,
policies, grants and jobs. Nothing has to be disabled, which a role that is no superuser could not
do for foreign keys anyway. All but the rules can be made in a schema of another name, beside the
old tables; their functions name the schema in texts. ``build_schema`` does all of it at once for a
database that is filled by its users.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from motomind_nb import postgres
from motomind_nb.core import Refused, resources
from motomind_nb.postgres import Connection, compose_sql_file, query, rows

ALWAYS = range(2024, 2028)
LAST_TABLE_FILE = "03"


def schema_files() -> list[Path]:
    """Return the numbered files of schema/target, in order. 00 (audit) is the stage's.

    Those in ``beside`` can be executed while the tables still live in a schema of another name;
    those in ``final`` name the schema in texts that no rename follows.
    """
    target = resources.packaged_folder("schema") / "target"
    return sorted(target.glob("*/[0-9][0-9]_*.sql"), key=lambda path: path.name)


def build_schema(connection: Connection, years: Iterable[int] = ()) -> None:
    """Create the whole rebuilt schema, empty, with a partition for each year.

    Writes: schemas public and private; never commits.
    Raises: Refused as ``create_tables`` does.
    """
    create_tables(connection, years)
    add_keys_and_rules(connection)


def create_tables(connection: Connection, years: Iterable[int] = ()) -> None:
    """Create bare tables and yearly partitions (2024 to 2027 and the years given) for a load.

    Writes: schemas public and private; never commits.
    Raises: Refused when a role of the API is missing or anything of the schema exists.
    """
    postgres.refuse_without_roles(connection)
    refuse_existing(connection)
    for path in table_files():
        _execute(connection, path)
    wanted = sorted({*ALWAYS, *years})
    connection.execute(query("rebuilt/create_partitions"), {"years": wanted})


def add_keys_and_rules(connection: Connection) -> None:
    """Add everything that stands over loaded rows: ``add_keys``, then ``add_rules``.

    Writes: schemas public and private, and jobs of pg_cron where it is installed; never commits.
    Raises: psycopg.Error when loaded rows break a key, naming it.
    """
    add_keys(connection)
    add_rules(connection)


def add_keys(connection: Connection) -> None:
    """Add keys, indexes and the views over the rows; fill the timeline.

    Writes: the target's schema and private; never commits.
    Raises: psycopg.Error when loaded rows break a key, naming it.
    """
    for path in key_files():
        _execute(connection, path)


def add_rules(connection: Connection) -> None:
    """Add triggers, policies, grants, the feed and jobs.

    Writes: schemas public and private, and jobs of pg_cron where it is installed; never commits.
    """
    connection.execute(postgres.as_script([compose_sql_file(path) for path in rule_files()]))


def table_files() -> list[Path]:
    """Return the files of schemas, bare tables and partitions, in order."""
    return [path for path in schema_files() if "01" <= path.name[:2] <= LAST_TABLE_FILE]


def key_files() -> list[Path]:
    """Return the files of keys, indexes and the views over the rows, in order."""
    return [
        path
        for path in schema_files()
        if path.parent.name == "beside" and path.name[:2] > LAST_TABLE_FILE
    ]


def rule_files() -> list[Path]:
    """Return the files of what names the schema in texts: triggers, policies, grants, in order."""
    return [path for path in schema_files() if path.parent.name == "final"]


def create_audit(connection: Connection) -> None:
    """Create schema audit and its tables where they are missing. Never commits."""
    _execute(connection, schema_files()[0])


def refuse_existing(connection: Connection) -> None:
    """Raise Refused when anything of the rebuilt schema exists, listing all of it. Reads only."""
    found = [row["object"] for row in rows(connection, query("rebuilt/existing"))]
    if found:
        raise Refused(
            "rebuilt schema",
            "nothing of it in public or private",
            f"{len(found)} objects: {', '.join(found)}",
            "name an empty database, or take the earlier rebuild back first",
        )


def _execute(connection: Connection, path: Path) -> None:
    """Execute one file of several statements as it stands, without parameters."""
    connection.execute(compose_sql_file(path))
