"""Prove the staged copy: rows and fingerprint per table, definition texts per object."""

from __future__ import annotations

import re

from motomind_nb import manifest
from motomind_nb.database import Connection, version
from motomind_nb.errors import Refused
from motomind_nb.findings import Finding
from motomind_nb.manifest import Manifest, Object
from motomind_nb.tables import counted

STAGED_KINDS = (
    "primary key", "unique", "check", "exclusion", "foreign key", "index", "query", "sequence",
    "sequence owner", "sequence value",
)  # fmt: skip
# what a server may add or leave out when it writes a text that it has read: casts, qualifiers,
# brackets and spaces
LOOSE = re.compile(
    r"::(?:character varying|timestamp with(?:out)? time zone|double precision|\w+)"
    r"(?:\(\d+(?:,\d+)?\))?(?:\[\])?"
    r'|\b(?:\w+|"[^"]+")\.(?=[\w"*])'
    r"|[()\s]"
)


def compare(connection: Connection, backup: Manifest) -> list[Finding]:
    """Return one finding per present object about its rows or its definition. Reads only.

    Raises: Refused, naming every table whose rows and every object whose definition differs.
    """
    staged, _ = manifest.capture(connection, "legacy")
    same_major = backup.major == version(connection)
    findings = [
        *(_rows(connection, item) for item in backup.tables()),
        *(_definition(item, staged[item.name], same_major)
          for item in (*backup.tables(), *backup.views()) if item.name in staged),
    ]  # fmt: skip
    wrong = [item for item in findings if item.status == "fail"]
    if wrong:
        raise Refused(
            ", ".join(item.subject for item in wrong), "; ".join(item.expected for item in wrong),
            "; ".join(f"{item.actual} {item.detail}".strip() for item in wrong),
            "take the backup again: this one does not restore to what it says",
        )  # fmt: skip
    return findings


def _rows(connection: Connection, item: Object) -> Finding:
    """Compare a table's rows with the manifest."""
    rows, mark = manifest.fingerprint(connection, ("legacy", item.name))
    expected, actual = (f"{counted(item.rows)}, fingerprint {item.fingerprint}",
                        f"{counted(rows)}, fingerprint {mark}")  # fmt: skip
    status = "ok" if expected == actual else "fail"
    return Finding("staged rows", item.name, expected, actual, status)


def _definition(item: Object, staged: Object, same_major: bool) -> Finding:
    """Compare an object's columns and texts with the manifest.

    A server may write a text that it has read in other words (more casts, fewer qualifiers); what
    still differs without those is a failure, between two major versions a warning.
    """
    differs = differences(item, staged)
    really = differences(item, staged, loosely=True) if differs else []
    status = ("fail" if same_major else "warn") if really else "ok"
    detail = ", ".join(really) or (f"in other words: {', '.join(differs)}" if differs else "")
    return Finding(
        "staged definition", item.name, "the source's definition",
        "another definition" if really else "the source's definition", status, detail,
    )  # fmt: skip


def differences(item: Object, staged: Object, loosely: bool = False) -> list[str]:
    """Return the names of the columns and texts in which two objects differ."""
    texts, others = _texts(item, loosely), _texts(staged, loosely)
    return sorted(name for name in texts.keys() | others.keys()
                  if texts.get(name) != others.get(name))  # fmt: skip


def _texts(item: Object, loosely: bool) -> dict[str, str]:
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
    return {name: LOOSE.sub("", text) for name, text in every.items()} if loosely else every
