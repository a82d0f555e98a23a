"""Tenants are apart: by every role, by every relation, whatever the session's settings hold."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors
from rebuilt import (
    GARAGE_A,
    USER_A,
    USER_B,
    VEHICLE_A,
    VEHICLE_B,
    A,
    B,
    Connection,
    acting,
    event,
    live,
    module_target,
    one,
    owner,
    refused,
    target,
)

__all__ = ["live", "module_target", "owner", "target"]

TABLES = ("users", "garages", "vehicles", "vehicle_images", "reminders", "vehicle_events")
CLAIMS_A = {"sub": USER_A, "app_metadata": {"tenant_id": A}}


def fill(connection: Connection) -> None:
    """Give each tenant one row of everything."""
    for tenant, vehicle in ((A, VEHICLE_A), (B, VEHICLE_B)):
        event(connection, vehicle_id=vehicle, date="2025-04-02", miles=51220)
        connection.execute(
            "INSERT INTO vehicle_images (tenant_id, vehicle_id, storage_path, public_url, filename)"
            " VALUES (%s, %s, 'p', 'u', 'f')",
            (tenant, vehicle),
        )
        connection.execute(
            "INSERT INTO reminders (tenant_id, vehicle_id, title, category)"
            " VALUES (%s, %s, 'Oil', 'maintenance')",
            (tenant, vehicle),
        )


@pytest.mark.parametrize("way", ["setting", "claims", "both"])
def test_a_tenant_sees_its_own_rows_and_no_others(owner: Connection, way: str) -> None:
    fill(owner)
    tenant = {"setting": A, "claims": None, "both": B}[way]
    with acting(owner, "authenticated", tenant, None if way == "setting" else CLAIMS_A):
        for table in TABLES:
            seen = f"SELECT array_agg(DISTINCT tenant_id::text) FROM {table}"
            assert one(owner, seen) == [A], table
        assert one(owner, "SELECT array_agg(id::text) FROM tenants") == [A]
        assert one(owner, "SELECT array_agg(vehicle_id::text) FROM vehicle_current_mileage") == [
            VEHICLE_A
        ]


@pytest.mark.parametrize("table", (*TABLES, "tenants", "vehicle_current_mileage", "timeline_feed"))
def test_anon_has_nothing(owner: Connection, table: str) -> None:
    for role_claims in (None, CLAIMS_A):
        with acting(owner, "anon", A, role_claims), refused(owner, errors.InsufficientPrivilege):
            owner.execute(f"SELECT * FROM {table}")


def test_the_service_sees_and_writes_all_tenants(owner: Connection) -> None:
    fill(owner)
    with acting(owner, "service_role"):
        assert one(owner, "SELECT count(DISTINCT tenant_id) FROM vehicle_events") == 2
        event(owner, vehicle_id=VEHICLE_B, date="2025-05-01", miles=60000)
        owner.execute("UPDATE vehicles SET notes = 'seen'")
        owner.execute("INSERT INTO tenants (name) VALUES ('New')")
        assert one(owner, "SELECT count(*) FROM vehicle_current_mileage") == 2


def test_the_service_needs_no_bypass_of_row_level_security(live: Connection) -> None:
    fill(live)
    live.execute("SELECT private.refresh_timeline()")
    live.execute("ALTER ROLE service_role NOBYPASSRLS")
    try:
        with acting(live, "service_role"):
            assert one(live, "SELECT count(DISTINCT tenant_id) FROM vehicle_events") == 2
            assert one(live, "SELECT count(DISTINCT tenant_id) FROM timeline_feed") == 2
            event(live, vehicle_id=VEHICLE_B, date="2025-05-01", miles=60000)
    finally:
        live.execute("ALTER ROLE service_role BYPASSRLS")


def test_the_feed_is_filtered_by_tenant_for_all_but_the_service(live: Connection) -> None:
    fill(live)
    live.execute("SELECT private.refresh_timeline()")
    seen = "SELECT array_agg(tenant_id::text ORDER BY tenant_id) FROM timeline_feed"
    expected = {"authenticated": [A], "service_role": [A, B]}
    for role, tenants in expected.items():
        with acting(live, role, A):
            assert one(live, seen) == tenants
    with acting(live, "authenticated"):
        assert one(live, seen) is None
    for relation in ("private.timeline", "private.timeline_visible", "private.visible_vehicle"):
        for role in expected:
            with acting(live, role, A), pytest.raises(errors.InsufficientPrivilege):
                live.execute(f"SELECT * FROM {relation}")


JUNK = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
ALMOST = st.sampled_from(
    [
        "",
        " ",
        "null",
        "{}",
        "[]",
        "''",
        A[:-1],
        A + "0",
        f" {A}",
        "{" + A,
        A.replace("-", ""),
        "{" + A + "}",
        "x' OR true --",
        "0" * 400,
        json.dumps({"user_metadata": {"tenant_id": A}}),
        json.dumps({"tenant_id": A}),
        json.dumps({"app_metadata": A}),
        json.dumps([A]),
        json.dumps(A),
        json.dumps({"app_metadata": {"tenant_id": [A]}}),
        "[" * 20000,
        '{"app_metadata": {"tenant_id": "\\u0000"}}',
    ],
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(setting=JUNK | ALMOST, claims=JUNK | ALMOST)
def test_junk_settings_mean_no_tenant_no_rows_no_error(
    owner: Connection, setting: str, claims: str
) -> None:
    with acting(owner, "authenticated", setting, claims):
        for table in ("tenants", "vehicles", "vehicle_events"):
            assert one(owner, f"SELECT count(*) FROM {table}") == 0
        assert one(owner, "SELECT count(*) FROM timeline_feed") == 0
        with refused(owner, (errors.InsufficientPrivilege, errors.ForeignKeyViolation)):
            event(owner, tenant_id=A, date="2025-09-01", miles=7)


def test_an_unset_setting_is_no_tenant(owner: Connection) -> None:
    owner.execute("RESET app.tenant_id")
    owner.execute("SET LOCAL ROLE authenticated")
    assert one(owner, "SELECT count(*) FROM vehicles") == 0
    owner.execute("RESET ROLE")


POINTING = {
    "an event": "INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)"
    f" VALUES ('{B}', '{VEHICLE_A}', 'odometer', '2025-09-01', 7)",
    "an event without tenant": "INSERT INTO vehicle_events (vehicle_id, type, date, miles)"
    f" VALUES ('{VEHICLE_A}', 'odometer', '2025-09-01', 7)",
    "an event of the other": "INSERT INTO vehicle_events (tenant_id, vehicle_id, type, date, miles)"
    f" VALUES ('{A}', '{VEHICLE_A}', 'odometer', '2025-09-01', 7)",
    "a reminder": "INSERT INTO reminders (tenant_id, vehicle_id, title, category)"
    f" VALUES ('{B}', '{VEHICLE_A}', 'Oil', 'other')",
    "an image": "INSERT INTO vehicle_images"
    " (tenant_id, vehicle_id, storage_path, public_url, filename)"
    f" VALUES ('{B}', '{VEHICLE_A}', 'p', 'u', 'f')",
    "a garage": f"UPDATE vehicles SET garage_id = '{GARAGE_A}' WHERE id = '{VEHICLE_B}'",
    "an author": f"UPDATE vehicles SET updated_by = '{USER_A}' WHERE id = '{VEHICLE_B}'",
    "a move": f"UPDATE vehicles SET tenant_id = '{A}' WHERE id = '{VEHICLE_B}'",
    "a new tenant": "INSERT INTO tenants (name) VALUES ('Mine too')",
    "a user": f"INSERT INTO users (tenant_id, email, name) VALUES ('{A}', 'x@example.com', 'X')",
}


@pytest.mark.parametrize("what", POINTING)
def test_no_row_of_one_tenant_can_point_at_another(owner: Connection, what: str) -> None:
    event(owner, date="2025-04-02", miles=51220)
    with acting(owner, "authenticated", B):
        kinds = (errors.IntegrityError, errors.InsufficientPrivilege)
        with refused(owner, kinds) as refusal:
            owner.execute(POINTING[what])
        assert "51220" not in str(refusal.value)
    if what not in ("an event without tenant", "a new tenant", "an event of the other", "a user"):
        with refused(owner, errors.IntegrityError):
            owner.execute(POINTING[what])


def test_another_tenants_rows_cannot_be_updated(owner: Connection) -> None:
    with acting(owner, "authenticated", B):
        for table in ("users", "garages", "vehicles"):
            changed = owner.execute(
                f"UPDATE {table} SET deleted_at = now() WHERE tenant_id <> %s", (B,)
            )
            assert changed.rowcount == 0
        assert owner.execute("UPDATE tenants SET name = 'Taken'").rowcount == 1


def test_a_member_of_two_tenants_is_one_user(owner: Connection) -> None:
    add = "INSERT INTO private.memberships (tenant_id, user_id, role) VALUES (%s, %s, %s)"
    owner.execute(add, (A, USER_A, "owner"))
    owner.execute(add, (B, USER_A, "viewer"))
    with refused(owner, errors.UniqueViolation):
        owner.execute(add, (B, USER_A, "manager"))
    with refused(owner, errors.CheckViolation):
        owner.execute(add, (A, USER_B, "admin"))
    with acting(owner, "authenticated", A), refused(owner, errors.InsufficientPrivilege):
        owner.execute("SELECT * FROM private.memberships")
