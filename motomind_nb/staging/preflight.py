"""The look before the load: everything in the source must have a fate, or nothing is written."""

from __future__ import annotations

from motomind_nb import postgres
from motomind_nb.backup import KEPT_AS_TEXT, Manifest
from motomind_nb.core import Finding, Refused, rows_counted
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Relation, in_source, query
from motomind_nb.staging.types import type_findings, type_problems

MAPPINGS = (
    "fates of objects and columns and mapped values stand in motomind_nb/legacy/catalog.csv, "
    "the mappings in motomind_nb/load/sql/projections"
)


def check_legacy(connection: Connection, backup: Manifest) -> list[Finding]:
    """Look over the legacy objects in schema legacy before anything is rebuilt. Reads only.

    Return a warning for each absent object, altered type and unknown sequence, and for views that
    stayed texts.
    Raises: Refused, listing at once all unknown objects, columns without a fate, columns that the
    source lacks, types without a lossless way, values without a mapping, and the rows of
    manual_events.
    """
    present = {item.name: item for item in backup.tables()}
    problems = [
        *_unknown_objects(backup),
        *(text for item in present.values() for text in _columns(item)),
        *type_problems(connection, list(present.values())),
        *_values(connection, present),
        *_manual_events(present),
    ]
    if problems:
        raise Refused(
            "source",
            "a fate for every object, column and value",
            "; ".join(problems),
            f"correct the source, or decide on each: {MAPPINGS}",
        )
    return [
        *_absent(backup),
        *type_findings(list(present.values())),
        *_sequences(backup),
        *_views_kept_as_text(backup),
    ]


def _unknown_objects(backup: Manifest) -> list[str]:
    """Return the relations that the catalog does not know, with their rows."""
    return [
        f"{item.kind} {item.name}"
        + (f" ({rows_counted(item.rows)})" if item.rows is not None else "")
        + " has no fate"
        for item in backup.unknown
        if item.kind != "sequence"
    ]


def _columns(item: Relation) -> list[str]:
    """Return the columns of a table without a fate, and those that it lacks."""
    known = [column.name for column in catalog.objects()[item.name].columns]
    there = [column.name for column in item.columns]
    return [
        *(f"column {item.name}.{name} has no fate" for name in there if name not in known),
        *(f"column {item.name}.{name} is missing" for name in known if name not in there),
    ]


def _values(connection: Connection, present: dict[str, Relation]) -> list[str]:
    """Return the values of mapped columns that have no mapping, with their rows."""
    problems = []
    for column in catalog.mapped_columns():
        item = present.get(column.object)
        if item is None or column.name not in [other.name for other in item.columns]:
            continue
        statement = query("staging/unmapped", table=in_source(column.object), column=column.name)
        for row in postgres.rows(connection, statement, {"known": list(column.values)}):
            value = "NULL" if row["value"] is None else repr(row["value"])
            place = f"{column.object}.{column.name}"
            problems.append(f"value {value} of {place} ({rows_counted(row['rows'])}) is unmapped")
    return problems


def _manual_events(present: dict[str, Relation]) -> list[str]:
    """Return a problem when manual_events holds rows: no mapping of them is known."""
    item = present.get("manual_events")
    return (
        [f"manual_events holds {rows_counted(item.rows)}, and no mapping"]
        if item and item.rows
        else []
    )


def _absent(backup: Manifest) -> list[Finding]:
    """Return a warning for each object that the source lacks, or has without some column."""
    return [
        *(
            Finding(
                "source object", name, "present", "absent", "warn", "absent, which is not empty"
            )
            for name in backup.absent()
        ),
        *(
            Finding("source object", item.name, "all columns", "fewer", "warn", item.reason)
            for item in backup.tables()
            if item.reason
        ),
    ]


def _sequences(backup: Manifest) -> list[Finding]:
    """Return a warning for each sequence, which the catalog does not know."""
    return [
        Finding("source object", item.name, "one of the 35", "a sequence", "warn", "not staged")
        for item in backup.unknown
        if item.kind == "sequence"
    ]


def _views_kept_as_text(backup: Manifest) -> list[Finding]:
    """Return one warning for the views that nobody without superuser rights could evaluate."""
    kept = [item.name for item in backup.views() if item.reason == KEPT_AS_TEXT]
    detail = f"{KEPT_AS_TEXT}; read it as a role that may only SELECT. Views: {', '.join(kept)}"
    wanted, found = "views evaluated, their rows saved", f"{len(kept)} kept as text"
    return [Finding("source views", "views", wanted, found, "warn", detail)] if kept else []
