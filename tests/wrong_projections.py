"""Projections made wrong on purpose: the load and all that reuses the projection agree on it."""

# ruff: noqa: E501 - a text of a projection and the wrong one read best on one line

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from motomind_nb.postgres import queries


@dataclass(frozen=True)
class Wrong:
    """One text of a projection and the wrong one in its place."""

    kind: str
    projection: str
    right: str
    wrong: str


EVENT = "{}__vehicle_events"
FUEL, ODOMETER, SERVICE, OLD_EVENTS = map(
    EVENT.format, ("fuel_logs", "odometer_readings", "service_records", "vehicle_events")
)
# kind, projection, its text, the wrong one; and the column that the finding must name
WRONG = {
    "garages.address: address": Wrong(
        "a column NULL", "garages__garages", "g.address,", "NULL::text AS address,"
    ),
    "users.email: email": Wrong(
        "upper-cased", "users__users", "u.email,", "upper(u.email) AS email,"
    ),
    "fuel_logs.gallons: payload.gallons": Wrong(
        "rounded", FUEL, "f.gallons,", "round(f.gallons, 1),"
    ),
    "garages.lat: lat": Wrong(
        "rounded by a cast", "garages__garages", "g.lat,", "g.lat::real::double precision AS lat,"
    ),
    "service_records.next_service_miles: payload.next_service_miles": Wrong(
        "plus one",
        SERVICE,
        "'next_service_miles', s.next_service_miles",
        "'next_service_miles', s.next_service_miles + 1",
    ),
    "vehicles.make: make": Wrong(
        "its neighbour's", "vehicles__vehicles", "v.make,", "v.model AS make,"
    ),
    "fuel_logs.created_by: payload.logged_by": Wrong(
        "its neighbour's in the payload", FUEL, "f.created_by,", "f.updated_by,"
    ),
    "reminders.status: status": Wrong(
        "a status exchanged",
        "reminders__reminders",
        "WHEN 'done' THEN 'completed'",
        "WHEN 'done' THEN 'dismissed'",
    ),
    "odometer_readings.reading_time: local_time": Wrong(
        "no local time", ODOMETER, "o.reading_time AS", "NULL::time AS"
    ),
    "fuel_logs.(new): time_zone": Wrong(
        "a fixed time zone", FUEL, "g.timezone AS time_zone", "'UTC' AS time_zone"
    ),
    "service_records.(new): zone_source": Wrong(
        "no source of the zone",
        SERVICE,
        "CASE WHEN g.timezone IS NOT NULL THEN 'garage' END AS",
        "NULL AS",
    ),
    "vehicle_events.payload: payload": Wrong(
        "an empty payload", OLD_EVENTS, "e.payload,", "'{{}}'::jsonb AS payload,"
    ),
    "odometer_readings.fuel_level: payload.fuel_level": Wrong(
        "a key lost", ODOMETER, "'fuel_level', o.fuel_level,", ""
    ),
    "odometer_readings.(new): payload.*": Wrong(
        "a key added", ODOMETER, "'notes', o.notes,", "'notes', o.notes, 'more', 1,"
    ),
    "service_records.total_cost: payload.total_amount": Wrong(
        "a number as text",
        SERVICE,
        "'total_amount', s.total_cost,",
        "'total_amount', s.total_cost::text,",
    ),
    "fuel_logs.notes: payload.notes": Wrong(
        "an empty text for none", FUEL, "f.notes,", "nullif(f.notes, f.notes),"
    ),
    "service_records.service_date: date": Wrong(
        "a date a day later", SERVICE, "s.service_date AS date", "s.service_date + 1 AS date"
    ),
    "vehicle_events.created_at: created_at": Wrong(
        "a time in another zone",
        OLD_EVENTS,
        "    e.created_at\n",
        "    e.created_at AT TIME ZONE 'America/New_York' AT TIME ZONE 'UTC' AS created_at\n",
    ),
    "vehicle_images.filename: filename": Wrong(
        "the value of another row",
        "vehicle_images__vehicle_images",
        "i.filename,",
        "coalesce(lead(i.filename) OVER (ORDER BY i.id), first_value(i.filename) OVER (ORDER BY i.id)) AS filename,",
    ),
    "fuel_logs.(new): legacy_row": Wrong(
        "a legacy row without a key",
        FUEL,
        "to_jsonb(f.*) AS legacy_row",
        "to_jsonb(f.*) - 'tax_amount' AS legacy_row",
    ),
    "fuel_logs.(new): chain": Wrong(
        "another chain", FUEL, "coalesce(c.chain, 1) AS chain", "coalesce(c.chain, 2) AS chain"
    ),
    "odometer_readings.(new): type": Wrong(
        "another type", ODOMETER, "'odometer' AS type", "'document' AS type"
    ),
    "vehicles.display_name: nickname": Wrong(
        "the backup's name for every vehicle",
        "vehicles__vehicles",
        "CASE WHEN btrim(v.display_name) <> '' THEN v.display_name ELSE coalesce(b.name, v.display_name) END",
        "coalesce(b.name, v.display_name)",
    ),
    "tenants.plan_name: plan_name": Wrong(
        "a default for every row", "tenants__tenants", "t.plan_name,", "'other' AS plan_name,"
    ),
    "users.(new): tenant_id": Wrong(
        "another tenant",
        "users__users",
        "home.tenant_id,",
        "(SELECT max(t.id::text)::uuid FROM audit.loadable_tenants AS t) AS tenant_id,",
    ),
    "vehicles.created_at: created_at": Wrong(
        "a time without its fraction",
        "vehicles__vehicles",
        "v.created_at,",
        "date_trunc('second', v.created_at) AS created_at,",
    ),
    "service_records.id: id": Wrong(
        "an id that nobody derives",
        SERVICE,
        "'service_records:' || s.id::text",
        "'service:' || s.id::text",
    ),
    "memberships: rows": Wrong(
        "rows left out", "memberships__memberships", "AS m\n", "AS m\nWHERE m.role <> 'viewer'\n"
    ),
}


@contextmanager
def in_place_of_right_ones(wrong: Iterable[Wrong], patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the package read the wrong texts wherever it reads the projections."""
    read = queries.read_sql
    items = list(wrong)

    def read_sql(path: Path) -> str:
        text = read(path)
        for item in items:
            if path.stem == item.projection and path.parent.name == "projections":
                assert text.count(item.right) == 1, f"{item.right!r} must stand once in {path.name}"
                text = text.replace(item.right, item.wrong)
        return text

    with patch.context() as inner:
        inner.setattr(queries, "read_sql", read_sql)
        queries.query_text.cache_clear()
        try:
            yield
        finally:
            queries.query_text.cache_clear()
