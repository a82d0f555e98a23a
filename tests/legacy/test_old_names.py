"""Where everything went: every old name once, and each successor is there in the rebuilt schema."""

from __future__ import annotations

import re

from rebuilt import target

from motomind_nb.core import packaged_folder
from motomind_nb.legacy import catalog, function_names, old_names, old_names_page, old_names_table
from motomind_nb.postgres import connect, rows

__all__ = ["target"]

SUCCESSOR = re.compile(r"(?:(private)\.)?(\w+)(?:\.(\w+))?")
THERE = """
SELECT n.nspname AS schema, c.relname AS relation, a.attname AS name
FROM pg_class AS c
JOIN pg_namespace AS n ON c.relnamespace = n.oid AND n.nspname IN ('public', 'private')
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
"""


def test_every_object_column_and_function_is_told_once() -> None:
    objects = catalog.objects()
    columns = [f"{item.name}.{column.name}" for item in objects.values() for column in item.columns]
    functions = [f"{name}()" for name in function_names()]
    told = [item.name for item in old_names()]
    assert sorted(told) == sorted([*objects, *columns, *functions])
    assert len(told) == 35 + 423 + 15


def test_each_successor_is_there(target: str) -> None:
    with connect(target) as connection:
        found = {(row["schema"], row["relation"], row["name"]) for row in rows(connection, THERE)}
    relations = {place[:2] for place in found}
    with_one = [item for item in old_names() if item.successor and item.kind != "function"]
    for item in with_one:
        schema, relation, column = SUCCESSOR.match(item.successor).groups()  # type: ignore[union-attr]
        schema = schema or "public"
        there = (schema, relation, column) in found if column else (schema, relation) in relations
        assert there, item
    assert len(with_one) > 150


def test_a_name_that_stays_is_its_own_successor_and_one_that_goes_has_none() -> None:
    for item in old_names():
        if item.fate == "stays":
            assert item.successor == item.name
        if item.fate == "goes" and item.kind != "function":
            assert item.successor == ""
        assert item.instead or item.fate == "stays", item


def test_the_short_table_leaves_out_what_goes_without_saying() -> None:
    table = old_names_table()
    listed = set(table["name"])
    assert {"fuel_logs.gallons", "reminders.status", "uploads", "check_usage_limit()"} <= listed
    assert not {"users.email", "uploads.id", "memberships.role"} & listed
    assert len(listed) == len(table)


def test_the_stored_page_is_the_catalogs() -> None:
    stored = packaged_folder("schema") / "where_everything_went.md"
    assert stored.read_text("utf-8") == old_names_page(), "run make definitions"
