"""Prove the staged copy: rows and fingerprint per table, definition texts per object."""

from __future__ import annotations

from motomind_nb import postgres
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, Refused, rows_counted
from motomind_nb.postgres import Connection, Relation, in_source, loosened, version

STAGED_KINDS = (
    "primary key",
    "unique",
    "check",
    "exclusion",
    "foreign key",
    "index",
    "query",
    "sequence",
    "sequence owner",
    "sequence value",
)


def compare_with_manifest(connection: Connection, backup: Manifest) -> list[Finding]:
    """Return one finding per present object about its rows or its definition. Reads only.

    Raises: Refused, naming every table whose rows and every object whose definition differs.
    """
    staged, _ = postgres.capture(connection, connection.schemas.source)
    same_major = backup.major == version(connection)
    findings = [
        *(_rows(connection, item) for item in backup.tables()),
        *(
            _definition(item, staged[item.name], same_major)
            for item in (*backup.tables(), *backup.views())
            if item.name in staged
        ),
    ]
    wrong = [item for item in findings if item.status == "fail"]
    if wrong:
        raise Refused(
            ", ".join(item.subject for item in wrong),
            "; ".join(item.expected for item in wrong),
            "; ".join(f"{item.actual} {item.detail}".strip() for item in wrong),
            "take the backup again: this one does not restore to what it says",
        )
    return findings


def _rows(connection: Connection, item: Relation) -> Finding:
    """Compare a table's rows with the manifest."""
    rows, mark = postgres.fingerprint(connection, in_source(item.name))
    expected, actual = (
        f"{rows_counted(item.rows)}, fingerprint {item.fingerprint}",
        f"{rows_counted(rows)}, fingerprint {mark}",
    )
    status = "ok" if expected == actual else "fail"
    return Finding("staged rows", item.name, expected, actual, status)


def _definition(item: Relation, staged: Relation, same_major: bool) -> Finding:
    """Compare an object's columns and texts with the manifest.

    A server may write a text that it has read in other words (more casts, fewer qualifiers); what
    still differs without those is a failure, between two major versions a warning.
    """
    differs = differing_parts(item, staged)
    really = differing_parts(item, staged, loosely=True) if differs else []
    status = ("fail" if same_major else "warn") if really else "ok"
    detail = ", ".join(really) or (f"in other words: {', '.join(differs)}" if differs else "")
    return Finding(
        "staged definition",
        item.name,
        "the source's definition",
        "another definition" if really else "the source's definition",
        status,
        detail,
    )


def differing_parts(item: Relation, staged: Relation, loosely: bool = False) -> list[str]:
    """Return the names of the columns and texts in which two objects differ."""
    texts, others = _texts(item, loosely), _texts(staged, loosely)
    return sorted(
        name for name in texts.keys() | others.keys() if texts.get(name) != others.get(name)
    )


def _texts(item: Relation, loosely: bool) -> dict[str, str]:
    """Return name -> text of what the stage restores of an object."""
    columns = {
        f"column {column.name}": f"{number} {column.type}"
        # a view's columns have no rules of their own
        + (f" {column.nullable} {column.default}" if item.is_table else "")
        for number, column in enumerate(item.columns)
    }
    kinds = STAGED_KINDS if item.is_table else (*STAGED_KINDS, "option")
    texts = {f"{text.kind} {text.name}": text.text for text in item.texts(*kinds)}
    every = {**columns, **texts}
    return {name: loosened(text) for name, text in every.items()} if loosely else every
