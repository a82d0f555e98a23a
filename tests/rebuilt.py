"""The rebuilt schema for tests: a template with two tenants, and how to act as a role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from conftest import clone, rolled_back, template
from psycopg import sql

from motomind_nb import rebuilt
from motomind_nb.postgres import Server, connect

A, B = "a1000000-0000-4000-8000-000000000001", "b1000000-0000-4000-8000-000000000001"
USER_A, USER_B = A[:-1] + "2", B[:-1] + "2"
GARAGE_A, GARAGE_B = A[:-1] + "3", B[:-1] + "3"
VEHICLE_A, VEHICLE_B = A[:-1] + "4", B[:-1] + "4"
SPARE_A = A[:-1] + "9"
ROLES = ("anon", "authenticated", "service_role")
Connection = psycopg.Connection[Any]


def two_tenants(connection: Connection) -> None:
    """Insert tenants A and B with a user, a garage and a vehicle each; A has a spare vehicle."""
    for tenant, letter in ((A, "A"), (B, "B")):
        user, garage, vehicle = (tenant[:-1] + digit for digit in "234")
        connection.execute(
            "INSERT INTO tenants (id, name) VALUES (%s, %s)", (tenant, f"Tenant {letter}")
        )
        connection.execute(
            "INSERT INTO users (id, tenant_id, email, name) VALUES (%s, %s, %s, %s)",
            (user, tenant, f"{letter.lower()}@example.com", f"User {letter}"),
        )
        connection.execute(
            "INSERT INTO garages (id, tenant_id, name) VALUES (%s, %s, %s)",
            (garage, tenant, f"Garage {letter}"),
        )
        connection.execute(
            "INSERT INTO vehicles (id, tenant_id, garage_id, nickname, manufacturer_mpg)"
            " VALUES (%s, %s, %s, %s, 17.5)",
            (vehicle, tenant, garage, f"Van {letter}"),
        )
    connection.execute(
        "INSERT INTO vehicles (id, tenant_id, nickname) VALUES (%s, %s, 'Spare')", (SPARE_A, A)
    )


def _fill(conninfo: str) -> None:
    with connect(conninfo) as connection:
        rebuilt.create_audit(connection)
        rebuilt.build_schema(connection)
        two_tenants(connection)


@pytest.fixture
def target(server: Server) -> Iterator[str]:
    """The conninfo of a rebuilt database with two tenants and no events, for one test."""
    yield from clone(server, template(server, "template_rebuilt", _fill))


@pytest.fixture
def live(target: str) -> Iterator[Connection]:
    """The owner of a rebuilt database of the test's own, each statement its own transaction."""
    with connect(target, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def module_target(server: Server) -> Iterator[str]:
    """The conninfo of a rebuilt database that the tests of one module share."""
    yield from clone(server, template(server, "template_rebuilt", _fill))


@pytest.fixture
def owner(module_target: str) -> Iterator[Connection]:
    """The owner of the module's database, inside a transaction that is rolled back."""
    with rolled_back(module_target) as connection:
        yield connection


@contextmanager
def refused(
    connection: Connection,
    error: type[psycopg.Error] | tuple[type[psycopg.Error], ...],
    match: str | None = None,
) -> Iterator[pytest.ExceptionInfo[psycopg.Error]]:
    """Expect an error of the statements inside; they are rolled back, the rest goes on."""
    with pytest.raises(error, match=match) as refusal, connection.transaction():
        yield refusal


@contextmanager
def acting(
    connection: Connection, role: str, tenant: str | None = None, claims: object = None
) -> Iterator[Connection]:
    """Act as a role inside a transaction that is rolled back, with a tenant or with claims."""
    with connection.transaction(force_rollback=True):
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
        connection.execute("SELECT set_config('app.tenant_id', %s, true)", (tenant or "",))
        text = claims if isinstance(claims, str) else json.dumps(claims) if claims else ""
        connection.execute("SELECT set_config('request.jwt.claims', %s, true)", (text,))
        yield connection


def event(connection: Connection, **columns: object) -> str:
    """Insert an event (by default an odometer reading of vehicle A) and return its id."""
    values: dict[str, object] = {"vehicle_id": VEHICLE_A, "type": "odometer", **columns}
    payload = values.get("payload")
    if payload is not None and not isinstance(payload, str):
        values["payload"] = json.dumps(payload)
    statement = sql.SQL("INSERT INTO public.vehicle_events ({}) VALUES ({}) RETURNING id").format(
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(map(sql.Placeholder, values)),
    )
    row = connection.execute(statement, values).fetchone()
    assert row is not None
    return str(row[0])


def one(connection: Connection, statement: str, values: object = None) -> Any:
    """The first column of the first row, None without a row."""
    row = connection.execute(statement, values).fetchone()  # type: ignore[call-overload]
    return None if row is None else row[0]
