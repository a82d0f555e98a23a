"""Take a backup: one read-only snapshot of the 35 objects, streamed to one file each.

Two connections see the same snapshot, so that one writes rows while the other computes
fingerprints. The manifest is written last; whatever ends the work earlier removes the folder.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from motomind_nb import catalog, database, manifest, sql
from motomind_nb.backup.acceptance import refuse_foreign, refuse_unreadable
from motomind_nb.backup.cron import jobs
from motomind_nb.backup.snapshot import SCHEMA, refuse_unlocked, snapshots
from motomind_nb.database import Connection, Row
from motomind_nb.manifest import Manifest, Object, Source
from motomind_nb.progress import Tell, quiet


def take(source_conninfo: str, folder: Path, progress: Tell = quiet) -> Manifest:
    """Back up the legacy database into a new folder and return its manifest.

    Reads the source only, in one REPEATABLE READ, READ ONLY snapshot; the role needs SELECT.
    Writes: the folder; nothing of it stays when the work does not end.
    Raises: Refused when the database is not MotoMind's or the folder is not empty; MotomindError
    when an object can't be read, naming all of them.
    """
    with manifest.new_folder(folder), snapshots(source_conninfo, 2) as (connections, locked):
        first = connections[0]
        found = manifest.relations(first, SCHEMA)
        refuse_foreign(found)
        refuse_unreadable(found)
        refuse_unlocked(found, locked)
        scheduled = jobs(first)
        captured, own = manifest.capture(first, SCHEMA)
        source = Source(connections, SCHEMA, {name: found[name]["pages"] for name in found})
        known = [_populated(captured[name], found[name]) for name in catalog.objects()
                 if name in found]  # fmt: skip
        written = manifest.write_objects(source, known, folder, progress)
        result = Manifest(
            source=database.rows(first, sql.query("backup/source"))[0],
            objects=manifest.in_catalog_order(written),
            unknown=_unknown(first, captured, found),
            definitions=(*own, *scheduled),
        )
        manifest.write(folder, result)
    return result


def _populated(item: Object, found: Row) -> Object:
    """Return the object; a materialized view without rows of its own can't be evaluated."""
    if found["populated"]:
        return item
    return replace(item, evaluable=False, reason="never refreshed: it holds no rows")


def _unknown(
    connection: Connection, captured: dict[str, Object], found: dict[str, Row]
) -> tuple[Object, ...]:
    """Return the relations that the catalog does not know; of tables with their row counts."""
    return tuple(
        replace(item, rows=_count(connection, name) if found[name]["readable"] else None)
        if item.is_table
        else item
        for name, item in captured.items()
        if name not in catalog.objects()
    )


def _count(connection: Connection, name: str) -> int:
    """Return how many rows a table of the source holds."""
    return int(database.value(connection, sql.query("backup/count", relation=(SCHEMA, name))))
