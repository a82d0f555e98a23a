"""Rows written since an apply: brought back into the old tables, or exported with checksums."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import psycopg
from psycopg import sql

from motomind_nb import load, reconcile
from motomind_nb.apply.afterwards.written import is_damage
from motomind_nb.core import Refused, naming_path
from motomind_nb.load import Projection
from motomind_nb.postgres import Connection, Name, copy_blocks, in_source, query, raise_outage, rows

# rows of these go back row by row, what others point at first; events and memberships by own rules
MUTABLE = ("tenants", "users", "garages", "vehicles", "vehicle_images", "reminders")
SUMS = "SHA256SUMS"
Written = dict[tuple[str, str], int]


def carry_rows(connection: Connection, written: Written) -> int:
    """Bring what was written since into the old tables; return the number of rows.

    The temporary table of ``note_written`` names the rows. Writes: schema legacy; never commits.
    Raises: Refused where a row has no way back: deleted since, an event that was altered, an id
    that an old event has, a rule of the old schema that it breaks.
    """
    _refuse_without_way(connection, written)
    try:
        with connection.transaction():
            number = sum(_carry_table(connection, name) for name in MUTABLE)
            for act in ("insert", "update", "delete"):
                statement = query(f"apply/rollback/{act}_memberships")
                number += connection.execute(statement).rowcount
            number += connection.execute(query("apply/rollback/insert_events")).rowcount
    except (psycopg.errors.IntegrityError, psycopg.errors.DataError) as error:
        raise_outage(error)
        raise Refused(
            "rollback --carry",
            "rows that the old schema takes",
            f"{error.diag.table_name or 'a table'}: {error.diag.message_primary}"
            f" {error.diag.message_detail or ''}".strip(),
            "change these rows in the rebuilt tables, or discard them with --discard",
        ) from error
    return number


def _refuse_without_way(connection: Connection, written: Written) -> None:
    """Raise Refused, naming them, when rows were deleted or altered that have no way back."""
    wrong = [
        f"{table}: {number:,} {kind}"
        for (table, kind), number in written.items()
        if is_damage(table, kind)
    ]
    if wrong:
        raise Refused(
            "rollback --carry",
            "new rows, and changed rows of tables that may change",
            "; ".join(wrong),
            "see motomind status --check; what is to be given up is exported with --discard",
        )
    taken = [row["id"] for row in rows(connection, query("apply/rollback/taken_ids"))]
    if taken:
        raise Refused(
            "rollback --carry",
            "events whose id no old event has",
            f"{len(taken):,} ids that are taken, first {taken[0]}",
            "the old table knows one event an id: export and discard with --discard",
        )


def _carry_table(connection: Connection, name: str) -> int:
    """Bring the new and changed rows of one table back; return their number."""
    projection = next(item for item in load.projections() if item.source == name)
    columns = _columns(connection, projection)
    holes: dict[str, Name] = {
        "table": in_source(name),
        "columns": load.column_list(columns),
        "values": sql.SQL(", ").join(sql.Identifier("back", column) for column in columns),
        "reverse": projection.reverse,
        "key": "id",
        "name": sql.Literal(name),
    }
    changed = connection.execute(query("apply/rollback/update_carried", **holes)).rowcount
    return changed + connection.execute(query("apply/rollback/insert_carried", **holes)).rowcount


def _columns(connection: Connection, projection: Projection) -> list[str]:
    """Return the columns that a reverse projection gives."""
    statement = query("load/columns", projection=projection.reverse)
    return [column.name for column in connection.execute(statement).description or ()]


def export_rows(connection: Connection, written: Written, folder: Path) -> dict[str, int]:
    """Write the rows that are discarded; return their number by table.

    Writes: discarded/<table>.csv and SHA256SUMS in the folder, for its owner only.
    """
    place = folder / "discarded"
    place.mkdir()
    exported: dict[str, int] = {}
    sums: list[str] = []
    named = {table for table, kind in written if kind != "gone"}
    for pair in reconcile.target_pairs():
        if pair.name in named:
            path = place / f"{pair.name}.csv"
            exported[pair.name], digest = _export_table(connection, pair, path)
            sums.append(f"{digest}  {path.name}\n")
    (place / SUMS).write_text("".join(sums), encoding="utf-8")
    return exported


def _export_table(connection: Connection, pair: reconcile.Pair, path: Path) -> tuple[int, str]:
    """Write the rows of one table; return their number and the file's SHA-256. Writes: the file."""
    statement = query(
        "apply/rollback/discarded",
        table=pair.table,
        key=pair.projections[0].key[-1],
        name=sql.Literal(pair.name),
    )
    digest = hashlib.sha256()
    with naming_path(path), path.open("xb") as file:

        def keep(block: bytearray) -> None:
            file.write(block)
            digest.update(block)

        lines = copy_blocks(connection, query("apply/rollback/copy_out", query=statement), keep)
        file.flush()
        os.fsync(file.fileno())
    return lines, digest.hexdigest()
