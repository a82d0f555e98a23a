"""Keys that hold and keys that do not; references that point at something and those that do not."""

from __future__ import annotations

from typing import Any

import pandas
from psycopg import sql as parts

from motomind_nb import catalog, sql
from motomind_nb.database import Connection, Row, rows
from motomind_nb.profile.scan import SCHEMA, attributes

# references that the legacy schema means but does not declare
EVIDENT = (
    ("odometer_readings", "tenant_id", "tenants", "id"),
    ("fuel_logs", "tenant_id", "tenants", "id"),
    ("service_records", "tenant_id", "tenants", "id"),
    ("tenants", "plan_name", "plan_limits", "plan_name"),
    ("vehicles_naming_backup", "id", "vehicles", "id"),
    ("audit_log", "changed_by", "users", "id"),
    ("vehicle_onboarding", "vin", "vehicles", "vin"),
)
# what should tell one row from another, by the facts and not by its id
NATURAL = (
    ("users", ("email",)), ("garages", ("tenant_id", "name")), ("vehicles", ("tenant_id", "vin")),
    ("vehicle_images", ("storage_path",)), ("reminders", ("vehicle_id", "title", "due_date")),
    ("vehicles_naming_backup", ("id",)),
    ("vehicle_events", ("vehicle_id", "type", "date", "miles")),
    ("odometer_readings", ("vehicle_id", "reading_date", "reading_time", "mileage")),
    ("fuel_logs", ("vehicle_id", "date", "time", "odometer_reading", "total_amount")),
    ("service_records", ("vehicle_id", "service_date", "service_type", "total_cost")),
)  # fmt: skip


def references(connection: Connection) -> pandas.DataFrame:
    """Return every declared or evident reference with its orphans. Reads only.

    Columns: object, column, refers_to (table.column), declared (the constraint, '' for an evident
    one); filled, orphans (rows); samples (up to three values that point at nothing).
    """
    known = _references(connection)
    found: list[tuple[Any, ...]] = []
    for name in [name for name in catalog.tables() if any(r["object"] == name for r in known)]:
        own = [row for row in known if row["object"] == name]
        found += [_line(connection, row, counts)
                  for row, counts in zip(own, _counts(connection, own), strict=True)]  # fmt: skip
    names = ["object", "column", "refers_to", "declared", "filled", "orphans", "samples"]
    return pandas.DataFrame(found, columns=names, dtype=object)


def _references(connection: Connection) -> list[Row]:
    """Return the declared references and the evident ones whose columns are there."""
    declared = rows(connection, sql.query("profile/foreign_keys"))
    seen = {(row["object"], row["column_name"]) for row in declared}
    present = {(one.object, one.name) for many in attributes(connection).values() for one in many}
    names = ("object", "column_name", "parent", "parent_column")
    return declared + [
        {**dict(zip(names, evident, strict=True)), "constraint_name": ""}
        for evident in EVIDENT
        if evident[:2] not in seen and {evident[:2], evident[2:]} <= present
    ]


def _counts(connection: Connection, references: list[Row]) -> list[list[int]]:
    """Return filled and orphans of each reference of one table, in one pass over it."""
    selected = parts.SQL(", ").join(
        parts.SQL("({})").format(sql.query(
            "profile/parts/reference", column=("scanned_row", row["column_name"]),
            parent=(SCHEMA, row["parent"]), parent_column=row["parent_column"],
        ))
        for row in references
    )  # fmt: skip
    table = (SCHEMA, references[0]["object"])
    with connection.cursor() as cursor:
        cursor.execute(sql.query("profile/scan", table=table, columns=selected))
        return list((cursor.fetchone() or ())[1:])


def _line(connection: Connection, row: Row, counts: list[int]) -> tuple[Any, ...]:
    """Return one reference with its counts, and samples where it has orphans."""
    filled, orphans = counts
    samples: list[str] = []
    if orphans:
        samples = rows(connection, sql.query(
            "profile/orphans", table=(SCHEMA, row["object"]), column=row["column_name"],
            parent=(SCHEMA, row["parent"]), parent_column=row["parent_column"],
        ))[0]["samples"]  # fmt: skip
    if (row["object"], row["column_name"]) in catalog.personal_columns():
        samples = ["(masked)" for _ in samples]
    return (row["object"], row["column_name"], f"{row['parent']}.{row['parent_column']}",
            row["constraint_name"], filled, orphans, ", ".join(samples))  # fmt: skip


def keys(connection: Connection) -> pandas.DataFrame:
    """Return declared keys, and what should be a key, with the rows that repeat. Reads only.

    Columns: object, columns, kind (primary key, unique, natural), condition; rows, incomplete
    (rows with a NULL in it), repeated (rows beyond the first of each value; None for a declared
    key, which the server enforces); holds (true, false).
    """
    declared = rows(connection, sql.query("profile/keys"))
    lines: list[tuple[Any, ...]] = [
        (row["object"], row["columns"], row["kind"], row["condition"], None, None, None, True)
        for row in declared
    ]
    present = {(one.object, one.name) for many in attributes(connection).values() for one in many}
    unique = {(row["object"], row["columns"]) for row in declared if not row["condition"]}
    for name, columns in NATURAL:
        there = {(name, column) for column in columns} <= present
        if there and (name, ", ".join(columns)) not in unique:
            lines.append(_natural(connection, name, columns))
    order = {name: place for place, name in enumerate(catalog.objects())}
    lines.sort(key=lambda line: order.get(line[0], len(order)))
    names = ["object", "columns", "kind", "condition", "rows", "incomplete", "repeated", "holds"]
    return pandas.DataFrame(lines, columns=names, dtype=object)


def _natural(connection: Connection, name: str, columns: tuple[str, ...]) -> tuple[Any, ...]:
    """Return how far some columns tell a table's rows apart."""
    listed = parts.SQL(", ").join(map(parts.Identifier, columns))
    statement = sql.query("profile/duplicates", table=(SCHEMA, name), columns=listed)
    row = rows(connection, statement)[0]
    return (name, ", ".join(columns), "natural", "", row["rows"], row["incomplete"],
            row["repeated"], row["repeated"] == 0)  # fmt: skip
