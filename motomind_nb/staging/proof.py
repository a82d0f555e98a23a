"""Prove the staged copy: rows and fingerprint, columns, NOT NULL and keys of each table."""

from __future__ import annotations

from motomind_nb import postgres
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, Refused, rows_counted
from motomind_nb.postgres import Connection, Relation, in_source
from motomind_nb.staging.types import staged_column


def compare_with_manifest(connection: Connection, backup: Manifest) -> list[Finding]:
    """Return two findings per present table, about its rows and its columns. Reads only.

    Raises: Refused, naming every table whose rows, columns or keys differ.
    """
    staged, _ = postgres.describe_schema(connection, connection.schemas.source)
    tables = backup.tables()
    findings = [
        *(compare_rows(connection, item) for item in tables),
        *(_columns_and_keys(item, staged[item.name]) for item in tables),
    ]
    wrong = [item for item in findings if item.status == "fail"]
    if wrong:
        raise Refused(
            ", ".join(item.subject for item in wrong),
            "; ".join(item.expected for item in wrong),
            "; ".join(f"{item.found} {item.detail}".strip() for item in wrong),
            "take the backup again: this one does not restore to what it says",
        )
    return findings


def compare_rows(connection: Connection, item: Relation) -> Finding:
    """Compare a table's rows and fingerprint with the manifest. Reads only."""
    rows, mark = postgres.fingerprint(connection, in_source(item.name), item.columns)
    expected, found = (
        f"{rows_counted(item.rows)}, fingerprint {item.fingerprint}",
        f"{rows_counted(rows)}, fingerprint {mark}",
    )
    status = "ok" if expected == found else "fail"
    return Finding("staged rows", item.name, expected, found, status)


def _columns_and_keys(item: Relation, staged: Relation) -> Finding:
    """Compare a table's columns, NOT NULL and keys with the manifest."""
    wanted, held = _facts(item), _facts(staged)
    known = {key.name for key in staged.keys}
    left_out = {f"foreign key {key.name}" for key in item.keys if key.name not in known}
    differs = sorted(
        name
        for name in (wanted.keys() | held.keys()) - left_out
        if wanted.get(name) != held.get(name)
    )
    return Finding(
        "staged columns and keys",
        item.name,
        "those of the source",
        "other ones" if differs else "those of the source",
        "fail" if differs else "ok",
        ", ".join(differs),
    )


def _facts(item: Relation) -> dict[str, object]:
    """Return what the stage makes of a table, by name."""
    columns = {
        f"column {column.name}": (number, column.carrier, column.modifier, column.nullable)
        for number, column in enumerate(staged_column(item.name, one) for one in item.columns)
    }
    # a server tells a key's own name, which is cut at 63 bytes like any other
    keys = {
        f"{key.kind} {key.name}": (key.columns, key.refers_to, key.referred, key.nulls_alike)
        for key in item.keys
    }
    return {**columns, **keys}
