"""The rows of the four event tables as columns of texts, ready for COPY."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from motomind_nb.legacy.generator import texts
from motomind_nb.legacy.generator.history import Flags
from motomind_nb.legacy.generator.part import FleetPart
from motomind_nb.legacy.generator.plan import EVENT_TYPES, TABLES
from motomind_nb.legacy.generator.texts import (
    NULL,
    Integers,
    chosen,
    null_where_absent,
    whole_number_texts,
)

Columns = dict[str, list[str]]

STATIONS = ("Example Fuels", "Example Fuels", "Harbor Fuel", "Ridge Gas", NULL)
SHOPS = ("Example Auto", "Example Auto", "Example Tires", "Harbor Garage", NULL)
SERVICES = ("Oil change", "Oil change", "Tire rotation", "Brake pads", "Inspection", "Battery")
CURRENCIES = ("USD",) * 19 + ("CAD",)
FUELS = ("Regular",) * 7 + ("Premium", "Diesel", NULL)
SOURCES = ("manual", "manual", "photo", "import", "api")
PAYMENTS = ("card", "card", "cash", "fleet card", NULL)
TAGS = (*(NULL,) * 6, "{commute}", "{commute,work}", '{"long trip"}', "{}")
NOTES = (*(NULL,) * 8, "Windy day", "Full tank, topped up")
AUTHORS = ("driver@example.com", "office@example.com", NULL)
FLAGS = ("true", "false", "false")
PAYLOADS = {
    "odometer": ('{"source": "manual"}', '{"source": "photo", "confidence_score": 0.95}'),
    "maintenance": tuple(
        f'{{"kind": "{kind}", "vendor": "Example Auto", "total_amount": {amount}.5}}'
        for kind in ("oil_change", "tires", "brakes")
        for amount in (45, 80, 120, 310)
    ),
    "fuel": tuple(
        f'{{"gallons": {gallons}.25, "total_amount": {gallons * 4 + 1}}}'
        for gallons in range(6, 18)
    ),
    "document": ('{"doc_type": "insurance"}', '{"doc_type": "registration", "title": "Tag"}'),
}


@dataclass(frozen=True)
class Batch:
    """The rows of one table among a history: what all four tables need of them."""

    random: np.random.Generator
    id: list[str]
    tenant: list[str]
    vehicle: list[str]
    day: Integers
    minute: Integers
    zone: Integers
    type: Integers
    miles: list[str]

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self.id)

    @property
    def date(self) -> list[str]:
        """The local dates."""
        found: list[str] = texts.dates_by_day_number()[self.day].tolist()
        return found

    def time(self, present: float) -> list[str]:
        """Return local times, a share of them NULL."""
        clock: list[str] = texts.times_by_minute()[self.minute].tolist()
        return null_where_absent(clock, self.random.random(self.count) < present)

    def created(self) -> list[str]:
        """Return when the rows were typed in: up to half an hour after the event."""
        delay = self.random.integers(1, 30, self.count)
        return texts.timestamps(self.day, self.minute + delay, self.zone)

    def draw(self, choices: tuple[str, ...]) -> list[str]:
        """Return one of the texts for each row."""
        return chosen(self.random, choices, self.count)


def select_batch(part: FleetPart, mask: Flags) -> Batch:
    """Return the chosen rows of a part of the fleet with new ids."""
    fleet, history = part.fleet, part.events
    rows = np.flatnonzero(mask)
    vehicle = history.vehicle[rows]
    return Batch(
        part.random,
        texts.ids(part.random, len(rows)),
        texts.texts_as_array(fleet.tenants)[fleet.tenant[vehicle]].tolist(),
        texts.texts_as_array(fleet.vehicles)[vehicle].tolist(),
        history.day[rows],
        history.minute[rows],
        fleet.zone[vehicle],
        history.type[rows],
        null_where_absent(whole_number_texts(part.written.miles[rows]), history.has_miles[rows]),
    )


def shared_columns(rows: Batch, date: str, miles: str) -> Columns:
    """Return the columns that all tables share, under this table's names for date and miles."""
    created = rows.created()
    return {
        "id": rows.id,
        "tenant_id": rows.tenant,
        "vehicle_id": rows.vehicle,
        date: rows.date,
        miles: rows.miles,
        "created_at": created,
        "updated_at": created,
    }


def fuel_logs(rows: Batch) -> Columns:
    """Return fill-ups: gallons times price is the amount; a few receipts lack the gallons."""
    gallons = rows.random.integers(5_000, 19_000, rows.count)
    price = rows.random.integers(2_900, 5_200, rows.count)
    amount = texts.decimal_texts(2, 10_000)[gallons * price // 10_000]
    thousandths = texts.decimal_texts(3, 20_000)
    known = rows.random.random(rows.count) < 0.96
    return shared_columns(rows, "date", "odometer_reading") | {
        "time": rows.time(0.9),
        "total_amount": amount.tolist(),
        "currency": rows.draw(CURRENCIES),
        "gallons": null_where_absent(thousandths[gallons].tolist(), known),
        "price_per_gallon": null_where_absent(thousandths[price].tolist(), known),
        "fuel_type": rows.draw(FUELS),
        "station_name": rows.draw(STATIONS),
        "payment_method": rows.draw(PAYMENTS),
        "source": rows.draw(SOURCES),
        "notes": rows.draw(NOTES),
        "tags": rows.draw(TAGS),
        "is_verified": rows.draw(FLAGS),
        "created_by": rows.draw(AUTHORS),
    }


def odometer_readings(rows: Batch) -> Columns:
    """Return readings typed in or read from a photo."""
    score = texts.decimal_texts(2, 100)[rows.random.integers(60, 101, rows.count)].tolist()
    return shared_columns(rows, "reading_date", "mileage") | {
        "reading_time": rows.time(0.9),
        "source": rows.draw(SOURCES),
        "confidence_score": null_where_absent(score, rows.random.random(rows.count) < 0.5),
        "is_verified": rows.draw(FLAGS),
        "notes": rows.draw(NOTES),
        "created_by": rows.draw(AUTHORS),
    }


def service_records(rows: Batch) -> Columns:
    """Return visits to a shop: labour and parts make up the cost."""
    labor, parts = (rows.random.integers(0, 40_000, rows.count) for _ in range(2))
    cents = texts.decimal_texts(2, 80_000)
    return shared_columns(rows, "service_date", "odometer_reading") | {
        "service_type": rows.draw(SERVICES),
        "total_cost": cents[labor + parts].tolist(),
        "labor_cost": cents[labor].tolist(),
        "parts_cost": cents[parts].tolist(),
        "currency": rows.draw(CURRENCIES),
        "shop_name": rows.draw(SHOPS),
        "source": rows.draw(SOURCES),
        "notes": rows.draw(NOTES),
        "tags": rows.draw(TAGS),
        "is_verified": rows.draw(FLAGS),
        "created_by": rows.draw(AUTHORS),
    }


def vehicle_events(rows: Batch) -> Columns:
    """Return events of the four types with payloads of the shape the application writes."""
    payload = texts.texts_as_array([""] * rows.count)
    for number, name in enumerate(EVENT_TYPES):
        payload = np.where(
            rows.type == number, texts.texts_as_array(rows.draw(PAYLOADS[name])), payload
        )
    return shared_columns(rows, "date", "miles") | {
        "type": texts.texts_as_array(list(EVENT_TYPES))[rows.type].tolist(),
        "payload": payload.tolist(),
    }


MAKERS: dict[str, Callable[[Batch], Columns]] = {
    "fuel_logs": fuel_logs,
    "odometer_readings": odometer_readings,
    "service_records": service_records,
    "vehicle_events": vehicle_events,
}
assert tuple(MAKERS) == TABLES
