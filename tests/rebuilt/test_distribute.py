"""Distribution by tenant: what of schema/distribute.sql plain PostgreSQL shows, and Citus itself.

Citus runs only where its extension is installed; elsewhere its test says that it was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from rebuilt import (
    USER_A,
    VEHICLE_A,
    VEHICLE_B,
    A,
    B,
    Connection,
    event,
    module_target,
    one,
    owner,
    refused,
    two_tenants,
)

from motomind_nb import postgres, rebuilt
from motomind_nb.core import resources
from motomind_nb.postgres import compose_sql_file, connect

__all__ = ["module_target", "owner"]

FILE = resources.packaged_folder("schema") / "distribute.sql"
DISTRIBUTED = re.compile(r"create_distributed_table\('([^']+)', '(\w+)'")
CONTROLS = sorted(Path("/usr/share/postgresql").glob("*/extension/citus.control"))
# one statement a message: where one ends and the next begins, outside of bodies of functions
ENDS = re.compile(r";\n(?=\n|SELECT|REVOKE|GRANT|INSERT|ALTER)")
REGISTRY = "private.user_registry"
DAY = "2025-01-05"
# unique indexes of tables and partitions of two schemas, with their columns
UNIQUE = """
SELECT
    coalesce(parent.inhparent, index.indrelid)::regclass::text AS home,
    index.indexrelid::regclass::text AS name,
    ARRAY(
        SELECT attribute.attname::text FROM pg_attribute AS attribute
        WHERE attribute.attrelid = index.indrelid AND attribute.attnum = ANY(index.indkey)
    ) AS columns
FROM pg_index AS index
INNER JOIN pg_class AS class ON class.oid = index.indrelid AND class.relkind IN ('r', 'p')
LEFT JOIN pg_inherits AS parent ON parent.inhrelid = index.indrelid
WHERE index.indisunique AND class.relnamespace IN ('public'::regnamespace, 'private'::regnamespace)
"""
FOREIGN_KEYS = """
SELECT
    key.conrelid::regclass::text,
    key.confrelid::regclass::text,
    ARRAY(
        SELECT attribute.attname::text
        FROM unnest(key.conkey) WITH ORDINALITY AS part (number, place)
        INNER JOIN pg_attribute AS attribute
            ON attribute.attrelid = key.conrelid AND attribute.attnum = part.number
        ORDER BY part.place
    ),
    ARRAY(
        SELECT attribute.attname::text
        FROM unnest(key.confkey) WITH ORDINALITY AS part (number, place)
        INNER JOIN pg_attribute AS attribute
            ON attribute.attrelid = key.confrelid AND attribute.attnum = part.number
        ORDER BY part.place
    )
FROM pg_constraint AS key
WHERE key.contype = 'f' AND key.conparentid = 0
    AND key.connamespace IN ('public'::regnamespace, 'private'::regnamespace)
"""
WITH_TENANT = """
SELECT attribute.attrelid::regclass::text
FROM pg_attribute AS attribute
INNER JOIN pg_class AS class ON class.oid = attribute.attrelid
WHERE attribute.attname = 'tenant_id' AND class.relkind IN ('r', 'p') AND NOT class.relispartition
    AND class.relnamespace IN ('public'::regnamespace, 'private'::regnamespace)
"""


def text() -> str:
    """The statements, filled with the schemas of a rebuilt database."""
    return compose_sql_file(FILE).as_string().replace("{target}", "public")


def distributed() -> dict[str, str]:
    """The distributed tables as regclass writes them, each with its column, in their order."""
    return {name.removeprefix("public."): column for name, column in DISTRIBUTED.findall(text())}


@pytest.fixture
def prepared(owner: Connection) -> Iterator[Connection]:
    """A rebuilt database after the steps that need no extension."""
    steps = text()
    plain = steps[steps.index("-- Step 1") : steps.index("-- Step 3")]
    owner.execute(plain.encode())
    yield owner


def test_nothing_is_done_without_the_extension(owner: Connection) -> None:
    before = owner.execute(UNIQUE.encode()).fetchall()
    with refused(owner, psycopg.errors.FeatureNotSupported, "expected the extension citus"):
        owner.execute(text().encode())
    assert owner.execute(UNIQUE.encode()).fetchall() == before


def test_each_unique_key_of_a_distributed_table_holds_its_tenant(prepared: Connection) -> None:
    columns = distributed()
    found = prepared.execute(UNIQUE.encode()).fetchall()
    known = [row for row in found if row[0] in columns]
    assert {row[0] for row in known} == {*columns}
    assert [name for home, name, held in known if columns[home] not in held] == []


def test_each_table_with_a_tenant_is_distributed(prepared: Connection) -> None:
    found = {row[0] for row in prepared.execute(WITH_TENANT.encode())}
    assert found - {REGISTRY} == {*distributed()} - {"tenants"}


def test_foreign_keys_stay_inside_the_tenant_and_parents_come_first(prepared: Connection) -> None:
    columns = distributed()
    order = list(columns)
    keys = prepared.execute(FOREIGN_KEYS.encode()).fetchall()
    assert len(keys) > 20
    for child, parent, own, others in keys:
        if parent == REGISTRY:
            continue
        assert (columns[child], columns[parent]) in zip(own, others, strict=True), (child, parent)
        assert order.index(parent) <= order.index(child), (child, parent)


def test_a_row_names_its_tenant(prepared: Connection) -> None:
    event(prepared, tenant_id=A, vehicle_id=VEHICLE_A, date=DAY, miles=10)
    with refused(prepared, psycopg.errors.NotNullViolation, "tenant_id is missing"):
        event(prepared, tenant_id=None, vehicle_id=VEHICLE_A, date=DAY, miles=11)
    with refused(prepared, psycopg.errors.ForeignKeyViolation, "not known in this tenant"):
        event(prepared, tenant_id=A, vehicle_id=VEHICLE_B, date=DAY, miles=11)


def test_an_email_is_one_users_over_all_tenants(prepared: Connection) -> None:
    user = "INSERT INTO users (id, tenant_id, email, name) VALUES ('{}', '{}', '{}', 'Żaneta')"
    entry = (
        "INSERT INTO private.user_registry (user_id, tenant_id, email) VALUES ('{}', '{}', '{}')"
    )
    new = (USER_A[:-1] + "7", B, "zaneta@example.com")
    with refused(prepared, psycopg.errors.ForeignKeyViolation):
        prepared.execute(user.format(*new).encode())
    prepared.execute((entry.format(*new) + ";" + user.format(*new)).encode())
    with refused(prepared, psycopg.errors.UniqueViolation):
        prepared.execute(entry.format(USER_A[:-1] + "8", A, new[2]).encode())
    with refused(prepared, psycopg.errors.UniqueViolation):
        prepared.execute(entry.format(USER_A, B, "other@example.com").encode())


@pytest.mark.skipif(not CONTROLS, reason="the extension citus is not installed on this machine")
def test_citus_distributes_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    major = CONTROLS[-1].parts[-3]
    monkeypatch.setenv("MOTOMIND_POSTGRES_BIN", f"/usr/lib/postgresql/{major}/bin")
    server = postgres.start_server(settings={"shared_preload_libraries": "citus"})
    try:
        with connect(server.new_database("fleet"), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION citus")
            with connection.transaction():
                rebuilt.create_audit(connection)
                rebuilt.build_schema(connection)
                two_tenants(connection)
            with connection.transaction():
                for statement in ENDS.split(text()):
                    connection.execute(statement.encode())
            found = connection.execute("SELECT table_name::text FROM citus_tables").fetchall()
            assert {*distributed(), REGISTRY} <= {row[0] for row in found}
            event(connection, tenant_id=A, vehicle_id=VEHICLE_A, date=DAY, miles=10)
            assert one(connection, "SELECT count(*) FROM vehicle_events") == 1
    finally:
        server.stop()
