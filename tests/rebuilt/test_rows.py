"""Mutable rows: audit trails, soft deletes, one updated_at rule, and the legacy rules kept."""

from __future__ import annotations

import datetime as dt

import pytest
from psycopg import errors
from rebuilt import (
    USER_A,
    USER_B,
    VEHICLE_A,
    VEHICLE_B,
    A,
    B,
    Connection,
    acting,
    event,
    module_target,
    one,
    owner,
    refused,
)

__all__ = ["module_target", "owner"]

MUTABLE = ("tenants", "users", "garages", "vehicles", "vehicle_images", "reminders")
OLD = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
CLAIMS = {"sub": USER_A, "app_metadata": {"tenant_id": A}}
REMINDER = (
    "INSERT INTO reminders (tenant_id, vehicle_id, title, category{}) VALUES (%s, %s, 'T', {})"
)


def test_the_audit_columns_are_there(owner: Connection) -> None:
    wanted = {"created_at", "updated_at", "deleted_at", "created_by", "updated_by", "deleted_by"}
    for table in MUTABLE:
        found = owner.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0",
            (table,),
        )
        names = {name for (name,) in found}
        has = {name for name in wanted if not (table == "tenants" and name.endswith("_by"))}
        assert names & wanted == has, table


def test_one_rule_for_updated_at(owner: Connection) -> None:
    owner.execute(
        "INSERT INTO vehicle_images (tenant_id, vehicle_id, storage_path, public_url, filename)"
        " VALUES (%s, %s, 'p', 'u', 'f')",
        (A, VEHICLE_A),
    )
    owner.execute(REMINDER.format("", "'other'"), (A, VEHICLE_A))
    for table in MUTABLE:
        owner.execute(f"UPDATE {table} SET updated_at = %s, created_at = %s", (OLD, OLD))
        assert one(owner, f"SELECT bool_and(updated_at = now()) FROM {table}"), table
        assert one(owner, f"SELECT count(*) FROM {table} WHERE created_at = %s", (OLD,)) == 0


def test_authors_come_from_the_claims_when_the_client_gives_none(owner: Connection) -> None:
    authors = (
        "SELECT created_by::text, updated_by::text, deleted_by::text FROM garages WHERE name = %s"
    )
    with acting(owner, "authenticated", None, CLAIMS):
        owner.execute("INSERT INTO garages (tenant_id, name) VALUES (%s, 'New')", (A,))
        assert owner.execute(authors, ("New",)).fetchone() == (USER_A, USER_A, None)
        owner.execute("UPDATE garages SET deleted_at = now() WHERE name = 'New'")
        assert owner.execute(authors, ("New",)).fetchone() == (USER_A, USER_A, USER_A)
        owner.execute("UPDATE garages SET deleted_at = NULL WHERE name = 'New'")
        assert owner.execute(authors, ("New",)).fetchone() == (USER_A, USER_A, None)


def test_an_author_given_by_the_client_stays(owner: Connection) -> None:
    second = A[:-1] + "7"
    add = "INSERT INTO users (id, tenant_id, email, name) VALUES (%s, %s, '2@example.com', 'N')"
    owner.execute(add, (second, A))
    with acting(owner, "authenticated", None, CLAIMS):
        owner.execute("UPDATE vehicles SET notes = 'x', updated_by = %s", (second,))
        assert one(owner, "SELECT updated_by::text FROM vehicles LIMIT 1") == second


@pytest.mark.parametrize("subject", [USER_B, "junk", "", None, A])
def test_a_subject_who_is_no_user_of_the_tenant_is_nobody(
    owner: Connection, subject: str | None
) -> None:
    claims = {"sub": subject, "app_metadata": {"tenant_id": A}}
    with acting(owner, "authenticated", None, claims):
        owner.execute("UPDATE vehicles SET notes = 'x'")
        assert one(owner, "SELECT count(updated_by) FROM vehicles") == 0


def test_identity_never_changes(owner: Connection) -> None:
    for table, column in (("vehicles", "tenant_id"), ("users", "tenant_id"), ("garages", "id")):
        with refused(owner, errors.RestrictViolation, "cannot be changed"):
            owner.execute(f"UPDATE {table} SET {column} = gen_random_uuid()")
    with refused(owner, errors.RestrictViolation, "The id of a tenant"):
        owner.execute("UPDATE tenants SET id = gen_random_uuid()")


def test_a_soft_deleted_vehicle_is_visible_nowhere_and_keeps_its_events(owner: Connection) -> None:
    event(owner, date="2025-04-02", miles=51220)
    owner.execute("SELECT private.refresh_timeline()")
    seen = (
        "SELECT (SELECT count(*) FROM timeline_feed),"
        " (SELECT count(*) FROM vehicle_current_mileage)"
    )
    assert owner.execute(seen).fetchone() == (1, 1)
    for change in ("UPDATE vehicles SET deleted_at = {}", "UPDATE tenants SET deleted_at = {}"):
        owner.execute(change.format("now()"))
        assert owner.execute(seen).fetchone() == (0, 0)
        owner.execute(change.format("NULL"))
        assert owner.execute(seen).fetchone() == (1, 1)
    assert one(owner, "SELECT count(*) FROM vehicle_events") == 1


def test_every_view_of_vehicles_uses_the_one_definition_of_visible(owner: Connection) -> None:
    for view in ("public.vehicle_current_mileage", "private.timeline_visible"):
        definition = one(owner, "SELECT pg_get_viewdef(%s::regclass)", (view,))
        assert "private.visible_vehicle" in definition
        assert "deleted_at" not in definition


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO tenants (name) VALUES (' ')",
        "INSERT INTO tenants (name, kind) VALUES ('T', 'firm')",
        "INSERT INTO tenants (name, subscription_status) VALUES ('T', 'late')",
        f"INSERT INTO garages (tenant_id, name) VALUES ('{A}', '')",
        f"INSERT INTO vehicles (tenant_id, nickname) VALUES ('{A}', '  ')",
        f"INSERT INTO vehicles (tenant_id, nickname, vin) VALUES ('{A}', 'V', '1HGCM82633A00435')",
        f"INSERT INTO vehicles (tenant_id, nickname, vin) VALUES ('{A}', 'V', '1HGCM82633A00435O')",
        f"INSERT INTO vehicles (tenant_id, nickname, vin) VALUES ('{A}', 'V', '1hgcm82633a004352')",
        f"INSERT INTO vehicles (tenant_id, nickname, year) VALUES ('{A}', 'V', 1899)",
        f"INSERT INTO vehicles (tenant_id, nickname, year) VALUES ('{A}', 'V', 2031)",
    ],
)
def test_the_legacy_rules_hold(owner: Connection, statement: str) -> None:
    with refused(owner, errors.CheckViolation):
        owner.execute(statement)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("category", "oil"),
        ("priority", "urgent"),
        ("status", "open"),
        ("source", "robot"),
        ("due_date", "2020-01-01"),
    ],
)
def test_the_rules_of_reminders_hold(owner: Connection, column: str, value: str) -> None:
    values = {"category": "other", "priority": "low", "due_date": "2999-01-01", column: value}
    names, holes = ", ".join(values), ", ".join("%s" for _ in values)
    columns = f"(tenant_id, vehicle_id, title, {names})"
    add = f"INSERT INTO reminders {columns} VALUES (%s, %s, 'T', {holes})"
    with refused(owner, errors.CheckViolation):
        owner.execute(add, (A, VEHICLE_A, *values.values()))


def test_one_open_reminder_for_a_dedupe_key_of_a_tenant(owner: Connection) -> None:
    add = REMINDER.format(", dedupe_key, status", "'other', 'oil', %s")
    owner.execute(add, (A, VEHICLE_A, "active"))
    for status in ("active", "scheduled"):
        with refused(owner, errors.UniqueViolation):
            owner.execute(add, (A, VEHICLE_A, status))
    owner.execute(add, (A, VEHICLE_A, "completed"))
    owner.execute(add, (B, VEHICLE_B, "active"))
    owner.execute("UPDATE reminders SET deleted_at = now() WHERE status = 'active'")
    owner.execute(add, (A, VEHICLE_A, "scheduled"))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_reminder_due_today_is_taken_in_every_time_zone(owner: Connection, zone: str) -> None:
    owner.execute(f"SET LOCAL TimeZone = '{zone}'")
    owner.execute(REMINDER.format(", due_date", "'other', current_date"), (A, VEHICLE_A))


def test_what_the_manufacturer_states_is_kept_and_nothing_made_up(owner: Connection) -> None:
    found = (
        "SELECT manufacturer_mpg::text, manufacturer_service_interval_miles FROM vehicles LIMIT 1"
    )
    assert owner.execute(found).fetchone() == ("17.5", None)
