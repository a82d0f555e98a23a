"""A server whose plpgsql.extra_errors are all on: what it may forbid, no function of ours does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import in_shared
from loads import staged_template

from motomind_nb import load, rebuilt
from motomind_nb.postgres import Connection, Server, rows, value

ALL = b"SET plpgsql.extra_errors = 'all'"
FUNCTIONS = b"""
SELECT p.oid::regprocedure::text AS name, pg_get_functiondef(p.oid) AS text
FROM pg_proc AS p INNER JOIN pg_language AS l ON l.oid = p.prolang
WHERE l.lanname = 'plpgsql' AND p.pronamespace IN ('public'::regnamespace, 'private'::regnamespace)
"""


@pytest.fixture
def strict(server: Server) -> Iterator[Connection]:
    """A load made under all extra errors."""
    with in_shared(server, staged_template(server, "sample")) as connection:
        connection.execute(ALL)
        rebuilt.create_tables(connection, load.event_years(connection))
        load.load_staged_rows(connection)
        rebuilt.add_keys_and_rules(connection)
        yield connection


def test_every_function_compiles(strict: Connection) -> None:
    found = rows(strict, FUNCTIONS)
    assert len(found) > 10
    for function in found:
        strict.execute(function["text"].encode())


def test_an_event_is_written_and_a_tenant_erased(strict: Connection) -> None:
    strict.execute(
        "INSERT INTO public.vehicle_events (tenant_id, vehicle_id, type, date, miles)"
        " SELECT tenant_id, id, 'odometer', CURRENT_DATE, 999999 FROM public.vehicles LIMIT 1"
    )
    tenant = rows(strict, b"SELECT id::text AS id, name FROM public.tenants")[0]
    assert rebuilt.erase_tenant(strict, tenant["id"], tenant["name"], "asked")
    assert value(strict, b"SELECT count(*) FROM public.vehicle_events") == 0


def test_the_setting_is_in_force(strict: Connection) -> None:
    with pytest.raises(Exception, match="shadows"), strict.transaction():
        strict.execute(
            "CREATE FUNCTION pg_temp.shadowing() RETURNS integer LANGUAGE plpgsql AS"
            " $$ DECLARE found integer; BEGIN RETURN found; END $$"
        )
