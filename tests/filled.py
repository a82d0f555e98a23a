"""A generated source in which every column of every row holds a value of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path

from conftest import template
from loads import MANIFESTS

from motomind_nb import backup, legacy, staging
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Server, connect

FILLED = "filled"
TABLES = (*catalog.KEPT, *catalog.FOLDED, "memberships")
# what keys, rules and the mileage need as the generator made it
LEFT = {
    ("tenants", "kind"),
    ("tenants", "subscription_status"),
    ("tenants", "plan_name"),
    ("garages", "timezone"),
    ("reminders", "category"),
    ("reminders", "priority"),
    ("reminders", "source"),
    ("memberships", "role"),
    ("vehicle_events", "type"),
    ("vehicle_events", "date"),
    ("vehicle_events", "miles"),
    *((table, name) for table in catalog.FOLDED for name in ("source", "date", "mileage")),
    *((table, "odometer_reading") for table in catalog.FOLDED),
    ("odometer_readings", "reading_date"),
    ("service_records", "service_date"),
}
OWN = {
    ("vehicles", "vin"): "lpad(n::text, 17, 'A')",
    ("reminders", "status"): "(ARRAY['open', 'scheduled', 'done', 'dismissed'])[1 + n % 4]",
    ("vehicles", "year"): "1950 + n % 80",
    ("vehicle_events", "payload"): (
        "jsonb_build_object('kind', 'Kind ' || n, 'doc_type', 'Type ' || n, 'note', NULL,"
        " 'total_amount', n + 0.25, 'gallons', n + 0.125, 'deep', jsonb_build_object('a', n))"
    ),
}
VALUES = {
    "text": "'{name} Ab ' || n",
    "text[]": "ARRAY['{name} ' || n, NULL, 'x,\"y']",
    "integer": "n + 7",
    "boolean": "n % 2 = 0",
    "date": "date '2025-07-01' + n",
    "time without time zone": "time '00:00:01.5' + n * interval '61.25 seconds'",
    "timestamp with time zone": (
        "timestamptz '2025-03-01 10:00:00.123456+00' + n * interval '61 min'"
    ),
    "double precision": "40 + n / 7.0",
    "jsonb": "jsonb_build_object('{name}', n, 'Of', jsonb_build_array(n, 'Ab', NULL, 1.50))",
    "numeric": "n + 0.25",
}
SCORES = {"confidence_score", "location_lat", "location_lng"}
BACKUPS = (
    "INSERT INTO vehicles_naming_backup (id, nickname, backup_created_at)"
    " SELECT id, 'Saved ' || display_name, now() FROM vehicles"
)
# an id that two sources use: the later one gets an id of its own
TAKEN = (
    "UPDATE service_records SET id = (SELECT id FROM fuel_logs ORDER BY id LIMIT 1)"
    " WHERE id = (SELECT id FROM service_records ORDER BY id LIMIT 1)"
)


def filled_template(server: Server, vehicles: int = 60, events: int = 240) -> str:
    """The name of a template database with a filled source staged: legacy and audit, no more."""

    def fill(conninfo: str) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            server.new_database("filled_source")
            source = server.conninfo("filled_source")
            with connect(source) as connection:
                plan = legacy.Plan(vehicles, events)
                legacy.generate(connection, plan, folder / "truth.csv")
                fill_columns(connection)
            with connect(conninfo) as connection:
                backup.take_backup(source, folder / "backup")
                staging.restore_backup(connection, folder / "backup")
            MANIFESTS[FILLED] = backup.read_manifest(folder / "backup")
            server.drop_database("filled_source")

    return template(server, f"template_staged_{FILLED}", fill)


def fill_columns(connection: Connection) -> None:
    """Give every column of the source's kept and folded tables a value of its own in each row."""
    connection.execute("SET LOCAL session_replication_role = replica")
    for table in TABLES:
        keys = ("tenant_id", "user_id") if table == "memberships" else ("id",)
        columns = [
            column
            for column in catalog.objects()[table].columns
            if column.type != "uuid" and (table, column.name) not in LEFT
        ]
        names = ", ".join(f'"{column.name}"' for column in columns)
        values = ", ".join(_value(column) for column in columns)
        key = ", ".join(keys)
        order = f"SELECT {key}, row_number() OVER (ORDER BY {key})::int AS n FROM {table}"
        match = " AND ".join(f"t.{name} = o.{name}" for name in keys)
        connection.execute(
            f"UPDATE {table} AS t SET ({names}) = ROW({values}) FROM ({order}) AS o"
            f" WHERE {match}".encode()
        )
    connection.execute(BACKUPS.encode())
    connection.execute(TAKEN.encode())


def _value(column: catalog.LegacyColumn) -> str:
    """The expression of a column's value in row n."""
    own = OWN.get((column.object, column.name))
    if own:
        return own
    if column.name in SCORES:
        return "(n % 90 + 1) / 100.0"
    kind, _, size = column.type.rstrip(")").partition("(")
    if kind == "character varying":
        if size == "3":
            return "lpad((n % 999)::text, 3, 'C')"
        return f"left('{column.name[:4]} Ab ' || n, {size})"
    return VALUES[kind].format(name=column.name)
