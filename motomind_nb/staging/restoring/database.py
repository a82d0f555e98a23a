"""Rows and keys of a backup into schema public of an empty database, compared with the backup."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from motomind_nb import backup, postgres
from motomind_nb.backup import Manifest
from motomind_nb.core import Refused, Tell, naming_path, no_progress
from motomind_nb.postgres import Connection, Key, Relation, Schemas, query
from motomind_nb.staging import build, proof
from motomind_nb.staging.restore import (
    pin_restore_settings,
    refuse_server_warnings,
    translate_server_errors,
)
from motomind_nb.staging.restoring.remaining import remaining_script
from motomind_nb.staging.rows import load_rows
from motomind_nb.staging.target import refuse_target

# the 35 objects stand where the application looks for them; the other name is only looked at
PLACE = Schemas(source="public", target="legacy")
AGAIN = "take the backup again: this one does not restore to what it says"


@dataclass(frozen=True)
class Restored:
    """What was restored: tables, their rows, keys, and statements left for a person to run."""

    tables: int
    rows: int
    keys: int
    remaining: int


def restore_into_database(
    conninfo: str, folder: Path, script: Path, progress: Tell = no_progress
) -> Restored:
    """Restore a verified backup into an empty database, compare it, and return what was done.

    Writes: schema public of the database, all or nothing; the script with all other definitions.
    Raises: Refused for a damaged backup, a database that is not empty or a script that is there.
    """
    held = backup.verify_backup(folder)
    if script.exists():
        raise Refused(str(script), "a new path", "something there", "name another with --to")
    with (
        postgres.connect(conninfo, schemas=PLACE) as connection,
        translate_server_errors(),
    ):
        refuse_target(connection)
        with pin_restore_settings(connection), refuse_server_warnings(connection):
            made = _restore(connection, held, folder, progress)
            live = _compare(connection, held, made)
            text, remaining = remaining_script(connection, held, live)
        with naming_path(script):
            script.write_text(text, encoding="utf-8")
    keys = sum(map(len, made.values()))
    return Restored(len(held.tables()), held.rows(), keys, remaining)


def _restore(
    connection: Connection, held: Manifest, folder: Path, progress: Tell
) -> dict[str, list[Key]]:
    """Create the tables with rows and keys; return the keys that were made of each."""
    connection.execute(query("postgres/describe/look_from"), {"schema": PLACE.source})
    tables = held.tables()
    made: dict[str, list[Key]] = {}
    for number, item in enumerate(tables, 1):
        build.create_table_of(connection, item.name, item.columns)
        load_rows(connection, folder, item)
        made[item.name] = [key for key in item.keys if _is_constraint(item, key)]
        for key in made[item.name]:
            build.add_key(connection, item.name, key)
        progress("restore", number, len(tables))
    for item in tables:
        for key in item.keys:
            if _can_be_made(key, item, held, made):
                build.add_foreign_key(connection, item, key)
                made[item.name].append(key)
    return made


def _is_constraint(item: Relation, key: Key) -> bool:
    """Return whether a key is a constraint of the table, and no index that is unique."""
    return any((one.kind, one.name) == (key.kind, key.name) for one in item.texts(*build.RULES))


def _can_be_made(key: Key, item: Relation, held: Manifest, made: dict[str, list[Key]]) -> bool:
    """Return whether a key is a foreign key that facts make: of built-in types, at a key made."""
    if key.kind != "foreign key" or key.refers_to not in made:
        return False
    there = any({*one.columns} == {*key.referred} for one in made[key.refers_to])
    return there and build.is_exact(key, item, held.object(key.refers_to))


def _compare(
    connection: Connection, held: Manifest, made: dict[str, list[Key]]
) -> dict[str, Relation]:
    """Compare rows, fingerprints, columns and keys with the manifest; return what is there.

    Raises: Refused, naming every table that differs.
    """
    live, _ = postgres.describe_schema(connection, PLACE.source)
    wrong = []
    for item in held.tables():
        rows = proof.compare_rows(connection, item)
        wanted = ([_facts(one) for one in item.columns], sorted(made[item.name], key=str))
        there = live[item.name]
        found = ([_facts(one) for one in there.columns], sorted(there.keys, key=str))
        if rows.status == "fail":
            wrong.append(f"{item.name}: {rows.expected} in the backup, {rows.found} restored")
        if wanted != found:
            wrong.append(f"{item.name}: other columns or keys than in the backup")
    if wrong:
        raise Refused("restored tables", "those of the backup", "; ".join(wrong), AGAIN)
    return live


def _facts(column: postgres.Column) -> tuple[object, ...]:
    """Return what is made of a column; text, which carries other types, has no length."""
    modifier = column.modifier if column.is_built_in else -1
    return (column.name, column.staged_type, modifier, column.nullable)
