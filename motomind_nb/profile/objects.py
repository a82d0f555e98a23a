"""The 35 objects at a glance, why some are empty or suspected to lack rows, and their years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, rows_counted
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Row, in_source, query, rows
from motomind_nb.profile.columns import attributes
from motomind_nb.profile.columns import columns as take_columns
from motomind_nb.profile.documents import ROWS
from motomind_nb.profile.exposure import UNKNOWN, api_roles_that_read, grants_are_known

if TYPE_CHECKING:
    import pandas as pd

CHANGES = {"updated_at", "created_at", "changed_at", "applied_at", "backup_created_at"}
DATES = {
    "vehicle_events": "date",
    "odometer_readings": "reading_date",
    "fuel_logs": "date",
    "service_records": "service_date",
}
ABSENT = "absent from the source"
COMPLETE = "export is complete"
# rows that the original export's channel returns at most, unless it is asked for more
LIMIT = 1000
# the four partitions of the original plan, which had none for anything else
PLANNED = range(2024, 2028)


def objects(
    connection: Connection,
    manifest: Manifest | None = None,
    columns: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the 35 objects, in catalog order. Reads only.

    ``columns`` is the profile of the columns, where it has been taken already.

    Columns: object, kind (text); rows (whole number, None where absent or not evaluable),
    documented_rows (what the documents state, None where they state nothing); fate, target;
    last_change (date of the newest point in time in its rows, where it has such columns);
    exposed_to (roles that read rows of it; empty without a manifest); note (text).
    """
    import pandas as pd

    found = {row["object"]: row for row in rows(connection, query("profile/source_objects"))}
    changes = _last_changes(take_columns(connection) if columns is None else columns)
    lines = []
    for item in catalog.objects().values():
        known = found.get(item.name)
        present = known is not None and known["present"]
        changed = changes.get(item.name, "")
        exposed = _exposed(manifest, item.name) if present else ""
        lines.append(
            (
                item.name,
                item.kind,
                known["rows"] if known else None,
                ROWS.get(item.name),
                item.fate,
                item.target,
                changed,
                exposed,
                _note(item, known),
            )
        )
    names = [
        "object",
        "kind",
        "rows",
        "documented_rows",
        "fate",
        "target",
        "last_change",
        "exposed_to",
        "note",
    ]
    return pd.DataFrame(lines, columns=names, dtype=object)


def _note(item: catalog.LegacyObject, known: Row | None) -> str:
    """Return why an object has its fate, and what the source says against it."""
    if known is None or not known["present"]:
        return ABSENT
    reason = item.reason
    if known["rows"] and ROWS.get(item.name) == 0:
        reason = f"{reason.partition('; ')[0]}; the documents say that it is empty"
    return f"{reason}; {known['reason']}" if known["reason"] else reason


def _exposed(manifest: Manifest | None, name: str) -> str:
    """Return which API roles read rows of an object, unknown where the source does not say."""
    if manifest is None:
        return ""
    return api_roles_that_read(manifest.object(name)) if grants_are_known(manifest) else UNKNOWN


def _last_changes(columns: pd.DataFrame) -> dict[str, str]:
    """Return the newest date that each table's own points in time tell."""
    known = columns[columns["column"].isin(CHANGES) & (columns["highest"] != "")]
    return {
        str(name): _day(max(highest, key=_in_time))
        for name, highest in known.groupby("object")["highest"]
    }


def _day(moment: str) -> str:
    """Return the date of a point in time as PostgreSQL writes it."""
    return moment.partition(" ")[0] + (" BC" if moment.endswith(" BC") else "")


def _in_time(moment: str) -> tuple[float, str]:
    """Return what puts points in time, as PostgreSQL writes them, into their order."""
    if moment.endswith("infinity"):
        return (float(moment.replace("infinity", "inf")), "")
    year, _, rest = moment.partition("-")
    return (-int(year) if moment.endswith(" BC") else int(year), rest)


def empty(connection: Connection, manifest: Manifest | None = None) -> pd.DataFrame:
    """Return the empty and the absent tables: empty is not unused. Reads only.

    Columns: object, state (empty, absent), why, named_by (functions, views and triggers whose
    text names it; empty without a manifest).
    """
    import pandas as pd

    found = {row["object"]: row for row in rows(connection, query("profile/source_objects"))}
    lines = []
    for item in catalog.tables().values():
        known = found.get(item.name)
        if known and known["present"] and known["rows"]:
            continue
        state = "empty" if known and known["present"] else "absent"
        why = "not in this kind of backup; nothing is known of its rows"
        if state == "empty":
            why = item.reason.partition("; ")[2] or "no row in the source"
        lines.append((item.name, state, why, ", ".join(_naming(manifest, item.name))))
    return pd.DataFrame(lines, columns=["object", "state", "why", "named_by"], dtype=object)


def _naming(manifest: Manifest | None, name: str) -> list[str]:
    """Return what names an object in its text: functions, views, triggers of other tables."""
    if manifest is None:
        return []
    word = re.compile(rf"\b{re.escape(name)}\b")
    found = [
        f"{item.kind.removeprefix('needed ')} {item.name.partition('(')[0]}"
        for item in manifest.definitions
        if item.kind in ("function", "needed function", "procedure", "cron job")
        and word.search(item.text)
    ]
    found += [f"view {item.name}" for item in manifest.views() if name in item.reads]
    found += [f"trigger {text.name}" for text in manifest.object(name).texts("trigger")]
    return sorted(set(found))


def event_rows_by_year(connection: Connection) -> pd.DataFrame:
    """Return the event rows by source and year, against the partitions. Reads only.

    Columns: object, year (whole number, negative before Christ, None for infinity), rows,
    original_plan (has a partition, has none). The rebuilt schema has a partition for each of
    these years and a default one beside.
    """
    import pandas as pd

    present, lines = attributes(connection), list[tuple[Any, ...]]()
    for name, column in DATES.items():
        if name not in present:
            continue
        statement = query("profile/years", table=in_source(name), column=column)
        for row in rows(connection, statement):
            planned = "has a partition" if row["year"] in PLANNED else "has none"
            lines.append((name, row["year"], row["rows"], planned))
    return pd.DataFrame(lines, columns=["object", "year", "rows", "original_plan"], dtype=object)


def incomplete_export_findings(manifest: Manifest) -> list[Finding]:
    """Return what an exported file may lack, or one ok; nothing for the backup of a database."""
    if manifest.is_database:
        return []
    found = [
        *_by_count(manifest),
        *(
            Finding(COMPLETE, loss.subject, loss.expected, loss.found, "warn", loss.detail)
            for loss in manifest.losses
        ),
    ]
    return found or [
        Finding(COMPLETE, "all objects", "nothing suspected", "nothing suspected", "ok")
    ]


def _by_count(manifest: Manifest) -> Iterator[Finding]:
    """Yield the tables whose number of rows is a sign that rows are missing."""
    for item in manifest.tables():
        documented = ROWS.get(item.name, 0)
        if item.rows == LIMIT:
            yield Finding(
                COMPLETE,
                item.name,
                "all rows",
                rows_counted(LIMIT),
                "warn",
                "the export reads so many rows at most: compare with a count in the database",
            )
        elif item.rows == 0 and documented:
            yield Finding(
                COMPLETE,
                item.name,
                f"{rows_counted(documented)}, as documented",
                rows_counted(0),
                "warn",
                "the export writes no rows where reading fails: compare with the database",
            )
