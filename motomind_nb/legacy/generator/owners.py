"""The rows around the events: plans, tenants, users, garages, vehicles, images, reminders."""

from __future__ import annotations

import numpy as np

from motomind_nb.legacy.generator import texts
from motomind_nb.legacy.generator.fleet import GARAGES_PER_TENANT, Fleet
from motomind_nb.legacy.generator.plan import Plan
from motomind_nb.legacy.generator.texts import NULL, ZONES, chosen, null_where_absent
from motomind_nb.postgres import Connection, TextColumns, copy_columns

BORN = "2023-10-01 16:00:00+00"
SETTLED = "2025-09-26 12:00:00+00"
MODELS = (
    ("Ford", "Transit"),
    ("Ford", "Ranger"),
    ("Toyota", "Sienna"),
    ("Honda", "Fit"),
    ("Subaru", "Outback"),
    ("Ram", "ProMaster"),
    ("Kia", "Soul"),
    ("Nissan", "NV200"),
)
ROLES = ("owner", "manager", "viewer")
CATEGORIES = ("registration", "inspection", "emissions", "maintenance", "other")
STATUSES = ("open", "open", "scheduled", "done", "dismissed")


def write_non_event_rows(connection: Connection, plan: Plan, fleet: Fleet) -> None:
    """Write every row that is not an event. The caller commits.

    Writes: plan_limits, tenants, users, memberships, garages, vehicles, vehicle_images, reminders.
    """
    random = np.random.default_rng([plan.seed, 3])
    copy_columns(connection, "plan_limits", plan_limits(random))
    copy_columns(connection, "tenants", tenants(fleet))
    for table, columns in people(fleet, random).items():
        copy_columns(connection, table, columns)
    copy_columns(connection, "garages", garages(fleet, random))
    copy_columns(connection, "vehicles", vehicles(fleet, random))
    copy_columns(connection, "vehicle_images", images(fleet, random))
    copy_columns(connection, "reminders", reminders(fleet, random))


def timestamps(count: int, moment: str = BORN) -> TextColumns:
    """Return created_at and updated_at."""
    return {"created_at": [moment] * count, "updated_at": [moment] * count}


def numbered(text: str, count: int) -> list[str]:
    """Return a text with a running number behind it."""
    return [f"{text} {number}" for number in range(1, count + 1)]


def plan_limits(random: np.random.Generator) -> TextColumns:
    """Return the three plans."""
    return {
        "id": texts.ids(random, 3),
        "plan_name": ["solo", "team", "fleet"],
        "max_vehicles": ["10", "50", "1000"],
        "max_explanations_per_month": ["20", "200", "2000"],
        "max_pdf_exports_per_month": ["5", "50", "500"],
        "price_cents": ["0", "1900", "9900"],
        **timestamps(3),
    }


def tenants(fleet: Fleet) -> TextColumns:
    """Return one organisation per fifty vehicles."""
    count = len(fleet.tenants)
    return {
        "id": fleet.tenants,
        "name": numbered("Example Fleet", count),
        "kind": ["org"] * count,
        "plan_name": ["fleet"] * count,
        **timestamps(count),
    }


def people(fleet: Fleet, random: np.random.Generator) -> dict[str, TextColumns]:
    """Return an owner, a manager and a viewer for each tenant, and their memberships."""
    count = len(fleet.tenants) * len(ROLES)
    ids = texts.ids(random, count)
    names = numbered("User", count)
    emails = [f"{name.replace(' ', '').lower()}@example.com" for name in names]
    memberships = {
        "tenant_id": [tenant for tenant in fleet.tenants for _ in ROLES],
        "user_id": ids,
        "role": list(ROLES) * len(fleet.tenants),
        "created_at": [BORN] * count,
    }
    users = {"id": ids, "email": emails, "name": names, **timestamps(count)}
    return {"users": users, "memberships": memberships}


def garages(fleet: Fleet, random: np.random.Generator) -> TextColumns:
    """Return two garages a tenant; coordinates have as many decimals as a double holds."""
    count = len(fleet.garages)
    zone = np.zeros(count, dtype=np.int64)
    zone[fleet.garage] = fleet.zone
    return {
        "id": fleet.garages,
        "tenant_id": [tenant for tenant in fleet.tenants for _ in range(GARAGES_PER_TENANT)],
        "name": numbered("Depot", count),
        "lat": list(map(repr, random.uniform(30, 48, count).tolist())),
        "lng": list(map(repr, random.uniform(-122, -72, count).tolist())),
        "timezone": texts.texts_as_array(list(ZONES))[zone].tolist(),
        "is_default": ["true", "false"] * len(fleet.tenants),
        **timestamps(count),
    }


def vehicles(fleet: Fleet, random: np.random.Generator) -> TextColumns:
    """Return the vehicles; one in fifty is soft-deleted, one in twenty has no VIN."""
    count = len(fleet.vehicles)
    model = [MODELS[number] for number in random.integers(0, len(MODELS), count).tolist()]
    vin = [f"GEN{number:014d}" for number in range(count)]
    economy = texts.decimal_texts(1, 400)[random.integers(120, 400, count)].tolist()
    return {
        "id": fleet.vehicles,
        "tenant_id": texts.texts_as_array(fleet.tenants)[fleet.tenant].tolist(),
        "garage_id": texts.texts_as_array(fleet.garages)[fleet.garage].tolist(),
        "display_name": numbered("Vehicle", count),
        "make": [make for make, _ in model],
        "model": [name for _, name in model],
        "vin": null_where_absent(vin, random.random(count) < 0.95),
        "year": texts.whole_number_texts(random.integers(2005, 2025, count)),
        "baseline_fuel_mpg": economy,
        "deleted_at": null_where_absent([SETTLED] * count, random.random(count) < 0.02),
        **timestamps(count),
    }


def images(fleet: Fleet, random: np.random.Generator) -> TextColumns:
    """Return a picture for every other vehicle."""
    rows = np.flatnonzero(random.random(len(fleet.vehicles)) < 0.5)
    paths = [f"vehicles/{number}/front.jpg" for number in rows.tolist()]
    count = len(rows)
    return {
        "id": texts.ids(random, count),
        "tenant_id": texts.texts_as_array(fleet.tenants)[fleet.tenant[rows]].tolist(),
        "vehicle_id": texts.texts_as_array(fleet.vehicles)[rows].tolist(),
        "storage_path": paths,
        "public_url": [f"https://files.example.com/{path}" for path in paths],
        "filename": ["front.jpg"] * count,
        "image_type": chosen(random, ("general", "hero", "gallery"), count),
        **timestamps(count),
    }


def reminders(fleet: Fleet, random: np.random.Generator) -> TextColumns:
    """Return a reminder for four vehicles in five, due after it was made."""
    rows = np.flatnonzero(random.random(len(fleet.vehicles)) < 0.8)
    count = len(rows)
    due = texts.dates_by_day_number()[
        texts.LAST_EVENT_DAY + random.integers(2, 300, count)
    ].tolist()
    keys = [f"reminder:{number}" for number in rows.tolist()]
    return {
        "id": texts.ids(random, count),
        "vehicle_id": texts.texts_as_array(fleet.vehicles)[rows].tolist(),
        "title": numbered("Reminder", count),
        "category": chosen(random, CATEGORIES, count),
        "status": chosen(random, STATUSES, count),
        "due_date": null_where_absent(due, random.random(count) < 0.8),
        "due_miles": chosen(random, ("60000", "90000", NULL), count),
        "dedupe_key": null_where_absent(keys, random.random(count) < 0.7),
        "tenant_id": texts.texts_as_array(fleet.tenants)[fleet.tenant[rows]].tolist(),
        **timestamps(count, "2025-09-20 12:00:00+00"),
    }
