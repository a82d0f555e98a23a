"""The catalog equals the live legacy schema, both ways, and leaves no column without a fate."""

from __future__ import annotations

import hashlib

import pytest

from motomind_nb.legacy import catalog
from motomind_nb.postgres import connect, rows

# of the 423 columns as the old database's own dictionary lists them; that never changes again
DICTIONARY = "4985cb004a4424eb178d706f2b390b27e5b8a9ec0079016bea3a8a7efafdfcee"
LIVE = """
SELECT c.relname::text AS object, a.attname::text AS name, a.attnum::int AS position,
       format_type(a.atttypid, a.atttypmod) AS type,
       CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view'
           ELSE 'materialized view' END AS kind
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
"""


def described() -> set[tuple[str, str, str, str]]:
    return {
        (item.name, item.kind, column.name, column.type)
        for item in catalog.objects().values()
        for column in item.columns
    }


def test_the_catalog_equals_the_live_schema_both_ways(sample_database: str) -> None:
    with connect(sample_database) as connection:
        live = {
            (row["object"], row["kind"], row["name"], row["type"]) for row in rows(connection, LIVE)
        }
    assert live - described() == set()
    assert described() - live == set()


def test_there_are_35_objects_and_423_columns() -> None:
    kinds = [item.kind for item in catalog.objects().values()]
    assert (kinds.count("table"), kinds.count("view"), kinds.count("materialized view")) == (
        25,
        9,
        1,
    )
    assert len(described()) == 423


def test_fates_of_objects_are_those_of_the_plan() -> None:
    names = {fate: [] for fate in ("kept", "folded", "dropped")}
    for item in catalog.objects().values():
        names[item.fate].append(item.name)
        assert item.reason
    assert sorted(names["folded"]) == sorted(catalog.FOLDED)
    assert sorted(names["kept"]) == sorted((*catalog.KEPT, "vehicle_current_mileage"))
    assert len(names["dropped"]) == 24


@pytest.mark.parametrize("item", catalog.objects().values(), ids=lambda item: item.name)
def test_every_column_has_a_fate_and_the_target_it_needs(item: catalog.LegacyObject) -> None:
    for column in item.columns:
        assert column.fate in {"kept", "renamed", "converted", "payload", "archived", "derived"}
        if column.fate in {"kept", "renamed", "converted", "payload"}:
            assert column.targets, f"{item.name}.{column.name} has no target"
        if column.fate in {"archived", "derived"}:
            assert column.reason, f"{item.name}.{column.name} goes without a reason"
        if item.name in catalog.KEPT and item.name != "vehicle_events":
            assert column.fate in {"kept", "renamed", "converted"}, "homeless"


def test_the_catalog_says_what_the_dictionary_says() -> None:
    text = "".join(sorted(",".join(line) + "\n" for line in described()))
    assert hashlib.sha256(text.encode()).hexdigest() == DICTIONARY
