"""Four real logs (data/real_logs.csv): as readings, and as the JSON of the original export."""

from __future__ import annotations

import csv
import uuid
from pathlib import Path
from typing import Any

import pandas as pd

from motomind_nb.legacy import catalog

FILE = Path(__file__).with_name("data") / "real_logs.csv"
NAMESPACE = uuid.UUID("5f1c0c0e-0000-4000-8000-000000000000")
MOMENT = "2025-09-26T12:00:00+00:00"
STAMPS = {"created_at": MOMENT, "updated_at": MOMENT}
# of each table: the columns of date, time and miles
COLUMNS = {
    "odometer_readings": ("reading_date", "reading_time", "mileage"),
    "fuel_logs": ("date", "time", "odometer_reading"),
    "service_records": ("service_date", "", "odometer_reading"),
}
# of each table: what its rows must have besides, all of it invented
INVENTED = {
    "odometer_readings": {"source": "import", "is_estimated": False, "is_verified": False},
    "fuel_logs": {
        "source": "import",
        "currency": "USD",
        "gallons": 12.125,
        "is_estimated": False,
        "is_verified": False,
    },
    "service_records": {
        "source": "import",
        "currency": "USD",
        "service_type": "Service",
        "is_verified": False,
    },
}


def identity(*names: object) -> str:
    """The same id for the same names, each time."""
    return str(uuid.uuid5(NAMESPACE, "/".join(map(str, names))))


TENANT, GARAGE = identity("tenant"), identity("garage")


def lines() -> list[dict[str, str]]:
    """The lines of the file, each with an id; a few of them are alike in all else."""
    with FILE.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    return [{**line, "id": identity("line", number)} for number, line in enumerate(read)]


def readings() -> pd.DataFrame:
    """The lines as readings, the vehicles by their names."""
    rows = [
        (
            line["vehicle"],
            line["date"],
            line["time"] or None,
            int(line["miles"]),
            line["source"],
            line["id"],
        )
        for line in lines()
    ]
    return pd.DataFrame(rows, columns=["vehicle_id", "date", "time", "miles", "source", "id"])


def whole(table: str, **values: object) -> dict[str, Any]:
    """A row with all columns of its table, as the original export has them."""
    assert values.keys() <= {column.name for column in catalog.objects()[table].columns}
    return {column.name: None for column in catalog.objects()[table].columns} | values


def event(number: int, line: dict[str, str]) -> dict[str, Any]:
    """A line as a row of its legacy table."""
    table = line["source"]
    date, time, miles = COLUMNS[table]
    amounts = {"fuel_logs": "total_amount", "service_records": "total_cost"}
    return whole(
        table,
        **INVENTED[table],
        **({amounts[table]: 30.25 + number % 40} if table in amounts else {}),
        **({time: line["time"] or None} if time else {}),
        **{date: line["date"], miles: int(line["miles"])},
        id=line["id"],
        tenant_id=TENANT,
        vehicle_id=identity("vehicle", line["vehicle"]),
        created_at=f"{line['date']}T{line['time'] or '12:00:00'}+00:00",
        updated_at=MOMENT,
    )


def export() -> dict[str, Any]:
    """The file of the original export with all lines; whoever owns them is invented."""
    found = lines()
    names = sorted({line["vehicle"] for line in found})
    events: dict[str, list[dict[str, Any]]] = {table: [] for table in COLUMNS}
    for number, line in enumerate(found):
        events[line["source"]].append(event(number, line))
    return {
        "timestamp": "2025-09-26T12:00:00.000Z",
        "tenants": [
            whole(
                "tenants",
                id=TENANT,
                name="Public logs",
                kind="org",
                plan_name="team",
                subscription_status="active",
                **STAMPS,
            )
        ],
        "users": [
            whole(
                "users", id=identity("user"), email="analyst@example.com", name="Analyst", **STAMPS
            )
        ],
        "garages": [
            whole(
                "garages",
                id=GARAGE,
                tenant_id=TENANT,
                name="Home",
                timezone="America/Chicago",
                meta={},
                is_default=True,
                **STAMPS,
            )
        ],
        "vehicles": [
            whole(
                "vehicles",
                id=identity("vehicle", name),
                tenant_id=TENANT,
                garage_id=GARAGE,
                display_name=name,
                baseline_service_interval_miles=5000,
                enrichment={},
                service_intervals={},
                smart_defaults={},
                **STAMPS,
            )
            for name in names
        ],
        "current_events": [],
        "legacy_events": events,
        "vehicle_images": [],
        "reminders": [
            whole(
                "reminders",
                id=identity("reminder"),
                tenant_id=TENANT,
                vehicle_id=identity("vehicle", names[0]),
                title="Oil change",
                category="maintenance",
                priority="medium",
                due_date="2026-01-26",
                status="open",
                source="user",
                **STAMPS,
            )
        ],
    }
