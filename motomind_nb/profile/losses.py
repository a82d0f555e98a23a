"""What the original export is suspected to have lost: warnings, because its file can't tell."""

from __future__ import annotations

from collections.abc import Iterator

from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, rows_counted
from motomind_nb.profile.documents import ROWS

CHECK = "export is complete"
# rows that the export's channel returns at most, unless it is asked for more
LIMIT = 1000


def export_findings(manifest: Manifest) -> list[Finding]:
    """Return what an exported file may lack, or one ok; nothing for the backup of a database."""
    if manifest.is_database:
        return []
    found = [
        *_by_count(manifest),
        *(
            Finding(CHECK, loss.subject, loss.expected, loss.found, "warn", loss.detail)
            for loss in manifest.losses
        ),
    ]
    return found or [Finding(CHECK, "all objects", "nothing suspected", "nothing suspected", "ok")]


def _by_count(manifest: Manifest) -> Iterator[Finding]:
    """Yield the tables whose number of rows is a sign that rows are missing."""
    for item in manifest.tables():
        documented = ROWS.get(item.name, 0)
        if item.rows == LIMIT:
            yield Finding(
                CHECK,
                item.name,
                "all rows",
                rows_counted(LIMIT),
                "warn",
                "the export reads so many rows at most: compare with a count in the database",
            )
        elif item.rows == 0 and documented:
            yield Finding(
                CHECK,
                item.name,
                f"{rows_counted(documented)}, as documented",
                rows_counted(0),
                "warn",
                "the export writes no rows where reading fails: compare with the database",
            )
