"""What users of the API cannot write, and what a refusal does not tell them."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest
from psycopg import errors
from rebuilt import (
    GARAGE_A,
    SPARE_A,
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

NOWHERE = "0d1f8a52-7c1e-4c55-9a3b-3b6f4de1a001"
OLD = dt.datetime(2003, 3, 4, tzinfo=dt.UTC)
CLAIMS_A = {"sub": USER_A, "app_metadata": {"tenant_id": A}}
PLAN = {
    "plan_name": "enterprise",
    "subscription_status": "canceled",
    "stripe_customer_id": "cus_9",
    "stripe_subscription_id": "sub_9",
}
COLUMNS = {
    "users": ("email, name", "'new@example.com', 'New'"),
    "garages": ("name", "'New'"),
    "vehicles": ("nickname", "'New'"),
    "vehicle_images": (
        "vehicle_id, storage_path, public_url, filename",
        f"'{VEHICLE_A}', 'p', 'u', 'f'",
    ),
    "reminders": ("vehicle_id, title, category", f"'{VEHICLE_A}', 'New', 'other'"),
}


@pytest.mark.parametrize("column", PLAN)
def test_a_member_cannot_change_what_the_tenant_pays_for(owner: Connection, column: str) -> None:
    with acting(owner, "authenticated", A, CLAIMS_A):
        with refused(owner, errors.InsufficientPrivilege):
            owner.execute(f"UPDATE tenants SET {column} = %s", (PLAN[column],))
        with refused(owner, errors.InsufficientPrivilege):
            owner.execute(
                f"INSERT INTO tenants (id, name, {column}) VALUES (%s, 'T', %s)", (A, PLAN[column])
            )
        assert owner.execute("UPDATE tenants SET name = 'Ours'").rowcount == 1
    with acting(owner, "service_role"):
        owner.execute(f"UPDATE tenants SET {column} = %s", (PLAN[column],))
        assert one(owner, f"SELECT {column} FROM tenants LIMIT 1") == PLAN[column]


def test_a_member_makes_a_tenant_on_the_plan_that_is_the_default(owner: Connection) -> None:
    with acting(owner, "authenticated", NOWHERE):
        owner.execute("INSERT INTO tenants (id, name) VALUES (%s, 'Third')", (NOWHERE,))
        assert one(owner, "SELECT plan_name || subscription_status FROM tenants") == "soloactive"


def add(connection: Connection, table: str, **given: object) -> tuple[object, ...]:
    """Insert a row of tenant A with audit columns of the client's; return what is stored."""
    names, values = COLUMNS[table]
    more, holes = ", ".join(given), ", ".join("%s" for _ in given)
    row = connection.execute(
        f"INSERT INTO {table} (tenant_id, {names}, {more}) VALUES ('{A}', {values}, {holes})"
        " RETURNING created_at, updated_at, created_by::text, now()",
        tuple(given.values()),
    ).fetchone()
    assert row is not None
    return tuple(row)


@pytest.mark.parametrize("role", ["authenticated", "service_role"])
@pytest.mark.parametrize("table", COLUMNS)
def test_nobody_of_the_api_says_when_and_by_whom_a_row_was_made(
    owner: Connection, table: str, role: str
) -> None:
    second = A[:-1] + "7"
    names = "INSERT INTO users (id, tenant_id, email, name) VALUES (%s, %s, '2@example.com', 'N')"
    owner.execute(names, (second, A))
    given = {"created_at": OLD, "updated_at": OLD, "created_by": second}
    with acting(owner, role, A, CLAIMS_A):
        *stored, now = add(owner, table, **given)
        assert stored == [now, now, USER_A]
    *stored, now = add(owner, table, **given)
    assert stored == [OLD, OLD, second]


@pytest.mark.parametrize("role", ["authenticated", "service_role"])
@pytest.mark.parametrize("table", COLUMNS)
def test_what_the_load_left_open_is_not_filled_by_the_api(
    owner: Connection, table: str, role: str
) -> None:
    nobody, now = None, one(owner, "SELECT now()")
    if table not in ("users", "garages", "vehicles"):
        add(owner, table, created_at=OLD)
    if table == "garages":
        owner.execute("ALTER TABLE garages DISABLE TRIGGER row_2_touch")
        owner.execute("UPDATE garages SET created_at = NULL")
        owner.execute("ALTER TABLE garages ENABLE TRIGGER row_2_touch")
    stated = f"SELECT created_at, created_by FROM {table} WHERE tenant_id = %s ORDER BY id LIMIT 1"
    before = owner.execute(stated, (A,)).fetchone()
    with acting(owner, role, A):
        owner.execute(
            f"UPDATE {table} SET created_at = %s, updated_at = %s, created_by = %s"
            " WHERE tenant_id = %s",
            (OLD - dt.timedelta(1), OLD, USER_A, A),
        )
        assert owner.execute(stated, (A,)).fetchone() == before == (before and before[0], nobody)
        assert one(owner, f"SELECT bool_and(updated_at = %s) FROM {table}", (now,)) is not None
        assert one(owner, f"SELECT count(*) FROM {table} WHERE updated_at = %s", (OLD,)) == 0


@pytest.mark.parametrize("role", ["authenticated", "service_role"])
def test_a_tenants_own_times_are_the_databases(owner: Connection, role: str) -> None:
    statement = (
        "INSERT INTO tenants (id, name, created_at, updated_at) VALUES (%s, 'T', %s, %s)"
        " RETURNING created_at = now() AND updated_at = now()"
    )
    with acting(owner, role, NOWHERE):
        assert one(owner, statement, (NOWHERE, OLD, OLD)) is True
    assert one(owner, statement, (NOWHERE, OLD, OLD)) is False


@pytest.mark.parametrize("role", ["authenticated", "service_role"])
def test_an_event_says_itself_when_it_was_made_and_is_no_legacy_row(
    owner: Connection, role: str
) -> None:
    made = "SELECT created_at FROM vehicle_events WHERE id = %s"
    with acting(owner, role, A):
        mark = event(owner, date="2025-01-28", miles=5, created_at=OLD)
        assert one(owner, made, (mark,)) == one(owner, "SELECT now()")
        with refused(owner, errors.InsufficientPrivilege):
            event(owner, date="2025-01-29", miles=6, legacy_row='{"miles": 6}')
    mark = event(owner, date="2025-01-28", miles=5, created_at=OLD, legacy_row='{"miles": 5}')
    assert one(owner, made, (mark,)) == OLD


def outcome(connection: Connection, statement: str, mark: str) -> str:
    """What B learns from a statement that names an id: error and text, or the command's tag."""
    with acting(connection, "authenticated", B, {"sub": USER_B, "app_metadata": {"tenant_id": B}}):
        try:
            with connection.transaction():
                said = connection.execute(statement.format(mark)).statusmessage or ""
        except psycopg.Error as error:
            parts = (error.diag.message_primary, error.diag.message_detail, error.diag.context)
            said = f"{error.sqlstate} " + " ".join(part or "" for part in parts)
    return said.replace(mark, "ID")


def of(table: str, columns: str, values: str) -> str:
    return f"INSERT INTO {table} ({columns}) VALUES ({values})"


# what B sends, {} an id that A has, or nobody
PROBES = {
    "an event of a vehicle": (
        VEHICLE_A,
        of("vehicle_events", "vehicle_id, type, date, miles", "'{}', 'odometer', '2025-09-01', 7"),
    ),
    "an event of a vehicle, with the tenant": (
        VEHICLE_A,
        of(
            "vehicle_events",
            "tenant_id, vehicle_id, type, date, miles",
            f"'{A}', '{{}}', 'odometer', '2025-09-01', 7",
        ),
    ),
    "an image of a vehicle": (
        VEHICLE_A,
        of("vehicle_images", "vehicle_id, storage_path, public_url, filename", "'{}', '', '', ''"),
    ),
    "a reminder of a vehicle": (
        VEHICLE_A,
        of("reminders", "vehicle_id, title, category", "'{}', 'T', 'other'"),
    ),
    "a vehicle in a garage": (
        GARAGE_A,
        of("vehicles", "tenant_id, garage_id, nickname", f"'{B}', '{{}}', 'V'"),
    ),
    "a vehicle put into a garage": (GARAGE_A, "UPDATE vehicles SET garage_id = '{}'"),
    "an author": (USER_A, "UPDATE vehicles SET updated_by = '{}'"),
    "who deleted": (USER_A, "UPDATE vehicles SET deleted_at = now(), deleted_by = '{}'"),
    "a vehicle's id": (VEHICLE_A, of("vehicles", "id, tenant_id, nickname", f"'{{}}', '{B}', 'V'")),
    "a vehicle's id, changed": (VEHICLE_A, "UPDATE vehicles SET id = '{}'"),
    "a vehicle's id, once more": (
        VEHICLE_A,
        of("vehicles", "id, tenant_id, nickname", f"'{{}}', '{B}', 'V'")
        + " ON CONFLICT DO NOTHING",
    ),
    "a vehicle's id, upserted": (
        VEHICLE_A,
        of("vehicles", "id, tenant_id, nickname", f"'{{}}', '{B}', 'V'")
        + " ON CONFLICT (id) DO UPDATE SET nickname = 'W'",
    ),
    "a garage's id": (GARAGE_A, of("garages", "id, tenant_id, name", f"'{{}}', '{B}', 'G'")),
    "a tenant": (A, of("garages", "tenant_id, name", "'{}', 'G'")),
    "a tenant's id": (A, of("tenants", "id, name", "'{}', 'T'")),
    "an event's id": (
        "event",
        of(
            "vehicle_events",
            "id, vehicle_id, type, date, miles",
            f"'{{}}', '{VEHICLE_B}', 'odometer', '2025-01-28', 5",
        ),
    ),
    "an event's id, once more": (
        "event",
        of(
            "vehicle_events",
            "id, vehicle_id, type, date, miles",
            f"'{{}}', '{VEHICLE_B}', 'odometer', '2025-01-28', 5",
        )
        + " ON CONFLICT DO NOTHING",
    ),
    "a correction of an event": (
        "event",
        of(
            "vehicle_events",
            "vehicle_id, type, date, miles, supersedes_id, supersedes_date",
            f"'{VEHICLE_B}', 'odometer', '2025-01-28', 5, '{{}}', '2025-01-28'",
        ),
    ),
}


@pytest.mark.parametrize("probe", PROBES)
def test_no_refusal_tells_whether_another_tenant_has_an_id(owner: Connection, probe: str) -> None:
    mark, statement = PROBES[probe]
    made = event(owner, date="2025-01-28", miles=5)
    there = outcome(owner, statement, made if mark == "event" else mark)
    assert there == outcome(owner, statement, NOWHERE)


@pytest.mark.parametrize("table", ["images", "reminders"])
def test_ids_of_images_and_reminders_are_no_users_choice(owner: Connection, table: str) -> None:
    table = {"images": "vehicle_images", "reminders": "reminders"}[table]
    names, values = COLUMNS[table]
    statement = f"INSERT INTO {table} (id, {names}) VALUES ('{{}}', {values})"
    statement = statement.replace(VEHICLE_A, VEHICLE_B)
    held = one(owner, f"INSERT INTO {table} ({names}) VALUES ({values}) RETURNING id::text")
    assert outcome(owner, statement, held) == outcome(owner, statement, NOWHERE)


def test_the_service_may_name_ids_and_send_an_event_twice(owner: Connection) -> None:
    again = (
        "INSERT INTO vehicle_events (id, vehicle_id, type, date, miles)"
        " VALUES (%s, %s, 'odometer', '2025-01-28', 5) ON CONFLICT (id, date) DO NOTHING"
    )
    with acting(owner, "service_role"):
        counts = [owner.execute(again, (NOWHERE, SPARE_A)).rowcount for _ in range(2)]
    assert counts == [1, 0]


MEMBERS = [
    (CLAIMS_A, A, True),
    (CLAIMS_A, B, False),
    (CLAIMS_A, NOWHERE, False),
    ({"sub": USER_B}, A, True),
    ({"sub": USER_B}, B, True),
    ({"sub": NOWHERE, "app_metadata": {"tenant_id": A}}, A, False),
    ({"app_metadata": {"tenant_id": A}}, A, False),
    ({"sub": "junk"}, A, False),
    ({"sub": [USER_A]}, A, False),
    ("{", A, False),
    (None, A, False),
]


@pytest.mark.parametrize(("claims", "tenant", "expected"), MEMBERS)
def test_policies_of_other_schemas_can_ask_who_is_a_member(
    owner: Connection, claims: object, tenant: str, expected: bool
) -> None:
    join = "INSERT INTO private.memberships (tenant_id, user_id, role) VALUES (%s, %s, 'viewer')"
    owner.execute(join, (A, USER_B))
    owner.execute(
        "CREATE SCHEMA files"
        " CREATE TABLE stored (home uuid)"
        " GRANT SELECT ON stored TO authenticated, anon"
    )
    owner.execute("GRANT USAGE ON SCHEMA files TO authenticated, anon")
    owner.execute("ALTER TABLE files.stored ENABLE ROW LEVEL SECURITY")
    owner.execute("CREATE POLICY ours ON files.stored USING (private.is_member(home))")
    owner.execute("INSERT INTO files.stored VALUES (%s), (NULL)", (tenant,))
    with acting(owner, "authenticated", tenant, claims):
        assert one(owner, "SELECT count(*) FROM files.stored") == int(expected)
        with refused(owner, errors.InsufficientPrivilege):
            owner.execute("SELECT private.is_member(%s)", (tenant,))
    with acting(owner, "anon", tenant, claims), refused(owner, errors.InsufficientPrivilege):
        owner.execute("SELECT count(*) FROM files.stored")


@pytest.mark.parametrize("table", ["users", "tenants"])
def test_whoever_left_is_no_member(owner: Connection, table: str) -> None:
    asked = "SELECT private.is_member(%s)"
    with acting(owner, one(owner, "SELECT user::text"), None, CLAIMS_A):
        assert one(owner, asked, (A,)) is True
        owner.execute(f"UPDATE {table} SET deleted_at = now()")
        assert one(owner, asked, (A,)) is False
