"""Texts too long for an entry of an index: none stops a load, and only a unique key refuses one."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from conftest import in_shared
from loads import MANIFESTS, staged_template
from planted import DROP_RULES, TENANT

from motomind_nb import load, rebuilt, reconcile
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Server, rows, value

TEXTS = b"""
SELECT a.attname AS name
FROM pg_catalog.pg_attribute AS a
WHERE
    a.attrelid = %s::text::regclass AND a.attnum > 0
    AND a.atttypid IN ('text'::regtype, 'varchar'::regtype) AND a.atttypmod = -1
ORDER BY a.attnum
"""
USER = "20000000-0000-4000-8000-000000000001"
REMINDER = "70000000-0000-4000-8000-000000000001"
MAPPED = ("status", "type", "event_type", "role")  # an unknown value refuses the run
NAMES = {
    "tenants": ("name", "name"),
    "users": ("name", "name"),
    "garages": ("name", "name"),
    "vehicles": ("display_name", "nickname"),
}


def incompressible(octets: int, seed: int = 5) -> str:
    """A text of so many bytes that no compression of the server shortens."""
    letters = random.Random(seed)
    wide = "".join(chr(letters.randrange(0x4E00, 0x9FA0)) for _ in range(octets // 3))
    return wide + "x" * (octets % 3)


@pytest.fixture
def staged(server: Server) -> Iterator[Connection]:
    """A connection to the staged sample without rules and keys of the old schema."""
    with in_shared(server, staged_template(server, "sample")) as connection:
        connection.execute(DROP_RULES)
        yield connection


def load_all(connection: Connection) -> set[tuple[str, str]]:
    """Rebuild and load what is staged; return table and rule of what is in quarantine."""
    rebuilt.create_tables(connection, load.event_years(connection))
    load.load_staged_rows(connection)
    rebuilt.add_keys_and_rules(connection)
    found = rows(connection, b"SELECT source_table, rule FROM audit.quarantine")
    return {(row["source_table"], row["rule"]) for row in found}


def test_names_of_any_length_are_carried_over(staged: Connection) -> None:
    text = incompressible(9_000)
    for table, (column, _) in NAMES.items():
        staged.execute(f"UPDATE legacy.{table} SET {column} = %s", (text,))
    assert load_all(staged) == set()
    for table, (_, column) in NAMES.items():
        held = rows(staged, f"SELECT DISTINCT {column} AS held FROM public.{table}".encode())
        assert [row["held"] for row in held] == [text]
    found = reconcile.compare_rows(staged, MANIFESTS["sample"]).findings
    assert {item.check for item in found if item.status == "fail"} <= {"staged"}


@pytest.mark.parametrize("table", [*catalog.KEPT, *catalog.FOLDED])
def test_a_long_text_in_any_column_is_loaded_or_in_quarantine(
    staged: Connection, table: str
) -> None:
    for column in rows(staged, TEXTS, (f"legacy.{table}",)):
        statement = f"UPDATE legacy.{table} SET {column['name']} = %s"
        if column["name"] not in MAPPED:
            staged.execute(statement, (incompressible(6_000),))
    load_all(staged)


@pytest.mark.parametrize(("octets", "refused"), [(2_692, False), (2_693, True), (9_000, True)])
def test_an_email_is_refused_where_the_unique_key_cannot_hold_it(
    staged: Connection, octets: int, refused: bool
) -> None:
    email = incompressible(octets)
    staged.execute("UPDATE legacy.users SET email = %s WHERE id = %s", (email, USER))
    found = load_all(staged)
    assert (("users", "long_email") in found) == refused
    held = value(staged, b"SELECT count(*) FROM public.users WHERE octet_length(email) > 2000")
    assert held == (0 if refused else 1)


@pytest.mark.parametrize(("octets", "refused"), [(2_676, False), (2_677, True)])
def test_the_key_of_an_open_reminder_is_refused_where_its_index_cannot_hold_it(
    staged: Connection, octets: int, refused: bool
) -> None:
    staged.execute(
        "UPDATE legacy.reminders SET status = 'open', dedupe_key = %s WHERE id = %s",
        (incompressible(octets), REMINDER),
    )
    assert (("reminders", "long_key") in load_all(staged)) == refused


def test_a_long_text_that_compresses_is_loaded(staged: Connection) -> None:
    staged.execute("UPDATE legacy.users SET email = repeat('a', 90000) WHERE id = %s", (USER,))
    staged.execute(
        "UPDATE legacy.reminders SET status = 'done', dedupe_key = %s WHERE id = %s",
        (incompressible(9_000), REMINDER),
    )
    assert load_all(staged) == set()
    assert value(staged, b"SELECT max(length(email)) FROM public.users") == 90_000
    assert value(staged, b"SELECT count(*) FROM public.tenants WHERE id = %s", (TENANT,)) == 1
