"""Take a backup: one read-only snapshot of the 35 objects, streamed to one file each.

Two connections see the same snapshot, so that one writes rows while the other computes
fingerprints. The manifest is written last; whatever ends the work earlier removes the folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from motomind_nb import postgres
from motomind_nb.backup import files, manifest
from motomind_nb.backup.manifest import Manifest
from motomind_nb.backup.taking import export
from motomind_nb.backup.taking.acceptance import refuse_hidden_rows, refuse_missing_tables
from motomind_nb.backup.taking.cron import scheduled_jobs
from motomind_nb.backup.taking.export import Source
from motomind_nb.backup.taking.outside import find_outside_dependents
from motomind_nb.backup.taking.place import PUBLIC
from motomind_nb.backup.taking.snapshot import open_shared_snapshot, refuse_unlocked
from motomind_nb.backup.taking.view_reader import KEPT_AS_TEXT, open_view_connections
from motomind_nb.core import Tell, no_progress
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Definition, Name, Relation, Row, query


def take_backup(
    source_conninfo: str, folder: Path, progress: Tell = no_progress, *, applied: bool = False
) -> Manifest:
    """Back up the legacy database into a new folder and return its manifest.

    With ``applied`` the 35 objects may stand in schema legacy, after a migration in place.
    Reads the source only, in one REPEATABLE READ, READ ONLY snapshot; the role needs SELECT.
    Writes: the folder; nothing of it stays when the work does not end.
    Raises: Refused when the database is not MotoMind's or the folder is not empty; MotomindError
    when an object can't be read, naming all of them.
    """
    with (
        files.create_folder_or_undo(folder),
        open_shared_snapshot(source_conninfo, 2, applied=applied) as snapshot,
        open_view_connections(source_conninfo, snapshot) as readers,
    ):
        first, schema = snapshot.connections[0], snapshot.schema
        found = postgres.relations(first, schema)
        refuse_missing_tables(found)
        refuse_hidden_rows(found)
        refuse_unlocked(found, snapshot.locked)
        described = describe_source(first, schema)
        pages = {name: found[name]["pages"] for name in found}
        estimates = {name: found[name]["estimate"] for name in found}
        source = Source(snapshot.connections, schema, pages, readers, estimates)
        known = [
            _evaluable(item, found[item.name], bool(readers))
            for item in described.objects
            if item.present
        ]
        written = export.write_objects(source, known, folder, progress)
        result = replace(described, objects=manifest.all_in_catalog_order(written))
        files.write_manifest(folder, result)
    return result


def describe_source(connection: Connection, schema: str = PUBLIC) -> Manifest:
    """Return what a backup would say of a database but for the rows of its objects. Reads only.

    ``schema`` is where the objects stand. The transaction's search path is that schema afterwards.
    """
    found = postgres.relations(connection, schema)
    scheduled = scheduled_jobs(connection)
    outside = find_outside_dependents(connection, schema, scheduled)
    captured, own = postgres.describe_schema(connection, schema)
    known = [captured[name] for name in catalog.objects() if name in found]
    return Manifest(
        source={
            **postgres.rows(connection, query("backup/source"))[0],
            "schema": schema,
            "database": postgres.lasting_identity(connection),
        },
        objects=manifest.all_in_catalog_order(known),
        unknown=_unknown(connection, schema, captured),
        definitions=(*_of_public(connection, schema, own), *scheduled),
        outside=outside,
    )


def count_rows(connection: Connection, described: Manifest) -> Manifest:
    """Return a description of a database with the rows that each table holds now. Reads only."""
    schema = described.source["schema"]
    counted = [
        replace(item, rows=_count(connection, (schema, item.name)))
        if item.present and item.is_table
        else item
        for item in described.objects
    ]
    return replace(described, objects=tuple(counted))


def _evaluable(item: Relation, found: Row, is_read: bool) -> Relation:
    """Return the object, and of a view why it can't be evaluated.

    A materialized view needs rows of its own, any view a session that may evaluate it.
    """
    if not found["populated"]:
        return replace(item, evaluable=False, reason="never refreshed: it holds no rows")
    if item.is_table or is_read:
        return item
    return replace(item, evaluable=False, reason=KEPT_AS_TEXT)


def _of_public(
    connection: Connection, schema: str, own: tuple[Definition, ...]
) -> Iterator[Definition]:
    """Yield a schema's own definitions; what schema public itself has stayed there."""
    if schema == PUBLIC:
        yield from own
        return
    yield from (item for item in own if not _is_of_schema(item))
    for name in ("comment", "grant"):
        statement = query(f"postgres/describe/schema/{name}")
        for row in postgres.rows(connection, statement, {"schema": PUBLIC}):
            if _is_of_schema(item := Definition(**row)):
                yield item


def _is_of_schema(item: Definition) -> bool:
    """Return whether a definition belongs to the schema itself and not to what stands in it."""
    is_comment = (item.kind, item.name) == ("comment", "schema")
    return is_comment or item.kind in ("schema grant", "default privilege")


def _unknown(
    connection: Connection, schema: str, captured: dict[str, Relation]
) -> tuple[Relation, ...]:
    """Return the relations that the catalog does not know; of tables with their row counts."""
    readable = postgres.relations(connection, schema)
    return tuple(
        replace(item, rows=_count(connection, (schema, name)))
        if item.is_table and readable[name]["readable"]
        else item
        for name, item in captured.items()
        if name not in catalog.objects()
    )


def _count(connection: Connection, name: Name) -> int:
    """Return how many rows a table of the source holds."""
    return int(postgres.value(connection, query("backup/count", relation=name)))
