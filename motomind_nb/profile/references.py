"""Keys that hold and keys that do not; references that point at something and those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Row, in_source, query, rows
from motomind_nb.profile.columns import MASK, attributes
from motomind_nb.profile.rules import DEFAULT, Rules

if TYPE_CHECKING:
    import pandas as pd

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
    ("users", ("email",)),
    ("garages", ("tenant_id", "name")),
    ("vehicles", ("tenant_id", "vin")),
    ("vehicle_images", ("storage_path",)),
    ("reminders", ("vehicle_id", "title", "due_date")),
    ("vehicles_naming_backup", ("id",)),
    ("vehicle_events", ("vehicle_id", "type", "date", "miles")),
    ("odometer_readings", ("vehicle_id", "reading_date", "reading_time", "mileage")),
    ("fuel_logs", ("vehicle_id", "date", "time", "odometer_reading", "total_amount")),
    ("service_records", ("vehicle_id", "service_date", "service_type", "total_cost")),
)


def references_with_orphans(connection: Connection) -> pd.DataFrame:
    """Return every declared or evident reference with its orphans. Reads only.

    Columns: object, column, refers_to (table.column), declared (the constraint, which the server
    has checked on all rows, or '' for an evident one); filled, orphans (rows; filled None where
    declared); samples (up to three values that point at nothing).
    """
    import pandas as pd

    known = _references(connection)
    order = {name: place for place, name in enumerate(catalog.objects())}
    known.sort(key=lambda row: order.get(row["object"], len(order)))
    names = ["object", "column", "refers_to", "declared", "filled", "orphans", "samples"]
    lines = [_line(connection, row) for row in known]
    return pd.DataFrame(lines, columns=names, dtype=object)


def _references(connection: Connection) -> list[Row]:
    """Return the declared references and the evident ones whose columns are there."""
    declared = rows(connection, query("profile/foreign_keys"))
    seen = {(row["object"], row["column_name"]) for row in declared}
    present = {(one.object, one.name) for many in attributes(connection).values() for one in many}
    names = ("object", "column_name", "parent", "parent_column")
    return declared + [
        {**dict(zip(names, evident, strict=True)), "constraint_name": ""}
        for evident in EVIDENT
        if evident[:2] not in seen and {evident[:2], evident[2:]} <= present
    ]


def _line(connection: Connection, row: Row) -> tuple[Any, ...]:
    """Return one reference; only one that nobody declared has to be counted."""
    found: Row = {"filled": None, "orphans": 0, "samples": []}
    if not row["constraint_name"]:
        found = rows(
            connection,
            query(
                "profile/orphans",
                table=in_source(row["object"]),
                column=row["column_name"],
                parent=in_source(row["parent"]),
                parent_column=row["parent_column"],
            ),
        )[0]
    personal = (row["object"], row["column_name"]) in catalog.personal_columns()
    samples = ", ".join(MASK if personal else value for value in found["samples"])
    return (
        row["object"],
        row["column_name"],
        f"{row['parent']}.{row['parent_column']}",
        row["constraint_name"],
        found["filled"],
        found["orphans"],
        samples,
    )


def keys_with_repeats(connection: Connection, rules: Rules = DEFAULT) -> pd.DataFrame:
    """Return declared keys, and what should be a key, with the rows that repeat. Reads only.

    Columns: object, columns, kind (primary key, unique, natural), condition; rows, incomplete
    (rows with a NULL in it), repeated (rows beyond the first of each value; None for a declared
    key, which the server enforces); holds (true, false, None where a table is too large: the
    load reports the likely duplicates of those).
    """
    import pandas as pd

    declared = rows(connection, query("profile/keys"))
    lines: list[tuple[Any, ...]] = [
        (row["object"], row["columns"], row["kind"], row["condition"], None, None, None, True)
        for row in declared
    ]
    present = {(one.object, one.name) for many in attributes(connection).values() for one in many}
    unique = {(row["object"], row["columns"]) for row in declared if not row["condition"]}
    for name, columns in NATURAL:
        there = {(name, column) for column in columns} <= present
        if there and (name, ", ".join(columns)) not in unique:
            lines.append(_natural(connection, name, columns, rules))
    order = {name: place for place, name in enumerate(catalog.objects())}
    lines.sort(key=lambda line: order.get(line[0], len(order)))
    names = ["object", "columns", "kind", "condition", "rows", "incomplete", "repeated", "holds"]
    return pd.DataFrame(lines, columns=names, dtype=object)


def _natural(
    connection: Connection, name: str, columns: tuple[str, ...], rules: Rules
) -> tuple[Any, ...]:
    """Return how far some columns tell a table's rows apart."""
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = query("profile/duplicates", table=in_source(name), columns=listed)
    row = rows(connection, statement, {"most": rules.exact_rows})[0]
    counts = (row["rows"], row["incomplete"], row["repeated"], row["repeated"] == 0)
    if row["rows"] > rules.exact_rows:
        counts = (None, None, None, None)
    return (name, ", ".join(columns), "natural", "", *counts)
