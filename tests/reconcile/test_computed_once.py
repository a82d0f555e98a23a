"""One pass over both sides of a table answers for keys, fingerprints and rows; files are safe."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from loads import MANIFESTS, NOTES, loaded_template, unguarded

from motomind_nb import reconcile
from motomind_nb.core import Finding
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Server, rows
from motomind_nb.reconcile.checks import witnesses
from motomind_nb.reconcile.rows import cells, sides

EVENTS = "public.vehicle_events"
# damages of the events, each with what it must make of the table's sides
DAMAGES = {
    "a row less": f"DELETE FROM {EVENTS} WHERE id = (SELECT min(id::text)::uuid FROM {EVENTS})",
    "another amount": f"UPDATE {EVENTS} SET miles = miles + 7 WHERE miles IS NOT NULL",
    "a number written otherwise": (
        f"UPDATE {EVENTS} SET payload = payload || '{{\"gallons\": 9.6900000}}'"
        " WHERE payload ? 'gallons'"
    ),
    "two rows that exchange their payloads": (
        f"UPDATE {EVENTS} AS one SET payload = other.payload FROM {EVENTS} AS other, (SELECT"
        f" min(id::text)::uuid AS first, max(id::text)::uuid AS last FROM {EVENTS}) AS pair"
        " WHERE (one.id, other.id) IN ((first, last), (last, first))"
    ),
    "a payload key more": f'UPDATE {EVENTS} SET payload = payload || \'{{"depot": "Łódź"}}\'',
}
REPEATED = f"""
ALTER TABLE {EVENTS} DROP CONSTRAINT vehicle_events_pkey;
INSERT INTO {EVENTS} SELECT * FROM {EVENTS} ORDER BY id LIMIT 1;
"""


@pytest.fixture
def loaded(server: Server) -> Iterator[Connection]:
    """A connection to the loaded sample, free to change what it likes."""
    with unguarded(server, loaded_template(server, "sample")) as connection:
        yield connection


def of_events(found: list[sides.Sides]) -> sides.Sides:
    """Both sides of the events."""
    return next(item for item in found if item.pair.name == "vehicle_events")


def failed(connection: Connection) -> set[str]:
    """The checks that fail on the events."""
    found = reconcile.compare_rows(connection, MANIFESTS["sample"]).findings
    return {item.check for item in found if item.status == "fail"}


def test_both_sides_of_an_untouched_table_are_the_same(loaded: Connection) -> None:
    found = sides.read_sides(loaded)
    assert len(found) == 8 and all(item.same for item in found)
    counted = {item.pair.name: item.expected for item in found}
    assert counted["vehicle_events"][0] == 15 and counted["vehicles"][0] > 0
    # what one pass says is what the query of fingerprints says
    alone = [sides.Sides(item.pair, ()) for item in found]
    told = [list(witnesses.compare_fingerprints(loaded, each)) for each in (found, alone)]
    assert told[0] == told[1] and {item.status for item in told[0]} == {"ok"}
    assert sides.read_sides(loaded, NOTES["sample"].projected) == found


def test_no_type_of_an_event_rounds_and_no_column_is_computed(loaded: Connection) -> None:
    """So the rows that the load stored are those that the projections gave."""
    columns = (
        "SELECT count(*) AS all,"
        " count(*) FILTER (WHERE atttypmod = -1 AND attgenerated = '') AS plain"
        " FROM pg_attribute WHERE attnum > 0 AND attrelid = %(table)s::regclass"
    )
    for table, is_plain in ((EVENTS, True), ("public.vehicles", False)):
        (found,) = rows(loaded, columns.encode(), {"table": table})
        assert (found["all"] == found["plain"]) is is_plain


def test_what_the_projections_gave_to_the_load_is_asked_again_where_anything_changed(
    loaded: Connection,
) -> None:
    """A staged row changed under the load's sums: they hold only while it is as it was."""
    given, manifest = NOTES["sample"].projected, MANIFESTS["sample"]
    assert {item.source for item in given} == set(catalog.EVENT_SOURCES)
    loaded.execute("UPDATE legacy.fuel_logs SET notes = notes || ' ' WHERE notes IS NOT NULL")
    assert of_events(sides.read_sides(loaded, given)).same
    others = [replace(item, projection="another text") for item in given]
    assert not of_events(sides.read_sides(loaded, others)).same
    assert not of_events(sides.read_sides(loaded, given[:-1])).same
    compared = [
        reconcile.compare_rows(loaded, manifest, loaded=known)
        for known in (None, reconcile.Loaded(NOTES["sample"]))
    ]
    assert compared[0].findings == compared[1].findings
    assert [pair.name for pair in compared[1].differing] == ["vehicle_events"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_table_that_was_changed_is_not_the_same_and_others_are(
    damage: str, loaded: Connection
) -> None:
    loaded.execute(DAMAGES[damage].encode())
    found = sides.read_sides(loaded)
    assert [item.pair.name for item in found if not item.same] == ["vehicle_events"]
    assert sides.read_sides(loaded, NOTES["sample"].projected) == found
    compared = reconcile.compare_rows(
        loaded, MANIFESTS["sample"], loaded=reconcile.Loaded(NOTES["sample"])
    )
    assert [pair.name for pair in compared.differing] == ["vehicle_events"]
    assert len(compared.differences)
    assert compared.differences.equals(cells.differences(loaded, reconcile.SAMPLE))


def test_a_repeated_row_is_found_though_it_is_equal(loaded: Connection) -> None:
    assert "keys" not in failed(loaded)
    loaded.execute(REPEATED.encode())
    for given in ([], NOTES["sample"].projected):
        assert not of_events(sides.read_sides(loaded, given)).same
    assert {"keys", "fingerprint"} <= failed(loaded)


def test_a_repeated_source_row_is_found_though_it_is_equal(loaded: Connection) -> None:
    loaded.execute("ALTER TABLE legacy.fuel_logs DROP CONSTRAINT fuel_logs_pkey CASCADE")
    loaded.execute("INSERT INTO legacy.fuel_logs SELECT * FROM legacy.fuel_logs LIMIT 1")
    assert not of_events(sides.read_sides(loaded)).same
    assert "keys" in failed(loaded)


def test_the_lineage_is_written_as_csv_cells_are(loaded: Connection, tmp_path: Path) -> None:
    """Plain blocks leave as the server writes them, others cell by cell, with the same bytes."""
    plain, odd = tmp_path / "plain.csv", tmp_path / "odd.csv"
    number = reconcile.write_lineage(loaded, plain)
    text = plain.read_text()
    assert number == len(text.splitlines()) - 1 and '"' not in text
    for name in ("=1+1", '-2, "x"', "\x1b[31mred", "Łódź"):
        loaded.execute("UPDATE private.event_source SET source_table = %s", (name,))
        assert reconcile.write_lineage(loaded, odd) == number
        with odd.open(encoding="utf-8", newline="") as file:
            cell = next(row[4] for row in csv.reader(file) if row[0] == "public.vehicle_events")
        shown = {"=1+1": "'=1+1", '-2, "x"': '\'-2, "x"', "\x1b[31mred": "\\x1b[31mred"}
        assert cell == shown.get(name, name)
        assert len(odd.read_text(encoding="utf-8").splitlines()) == number + 1


def test_an_object_that_is_gone_is_a_failure_of_the_comparison(loaded: Connection) -> None:
    loaded.execute("DROP TABLE legacy.fuel_logs CASCADE")
    compared = reconcile.compare_rows(loaded, MANIFESTS["sample"])
    told = {item.check for item in compared.findings if "does not exist" in item.found}
    assert "rows" in told or "target table" in told
    assert isinstance(compared.findings[0], Finding)
    assert rows(loaded, b"SELECT 1 AS one") == [{"one": 1}]


def test_rows_are_listed_by_the_checks_that_count_some_and_by_no_other(
    loaded: Connection, tmp_path: Path
) -> None:
    """A query that found nothing is not asked again for the file of its rows."""
    calm = reconcile.compare_rows(loaded, MANIFESTS["sample"])
    loaded.execute("DELETE FROM private.event_source WHERE source_table = 'fuel_logs'")
    loaded.execute(REPEATED.encode())
    damaged = reconcile.compare_rows(loaded, MANIFESTS["sample"])
    texts = [
        [listed.as_string() for listed in found.listing if "'lineage'" in listed.as_string()]
        for found in (calm, damaged)
    ]
    assert texts[0] == [] and len(texts[1]) == 1
    reconcile.write_rows_of_findings(loaded, tmp_path / "rows.csv", damaged)
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        written = Counter(row["check"] for row in csv.DictReader(file))
    counted = Counter[str]()
    for item in damaged.findings:
        if item.check in ("lineage", "keys", "views"):
            counted[item.check] += item.rows or 0
    assert counted["lineage"] and counted["keys"]
    assert {check: written[check] for check in counted} == dict(counted)
