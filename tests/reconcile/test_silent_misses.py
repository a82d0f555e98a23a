"""What other tools pass over in silence is told here, each by its name.

Sums that cancel, rows at the borders of blocks, rows beyond the largest key, tables that are left
out, a comparison that was stopped and counts as equal.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from conftest import clone, in_shared
from loads import MANIFESTS, loaded_template, unguarded

from motomind_nb import load, mileage, rebuilt, reconcile
from motomind_nb.core import Finding
from motomind_nb.load import judging
from motomind_nb.mileage.auditing import packed
from motomind_nb.postgres import Connection, Server, connect
from motomind_nb.reconcile.rows.pairs import target_pairs

FUEL = "SELECT event_id FROM private.event_source WHERE source_table = 'fuel_logs'"
DEAREST = f"SELECT id FROM public.vehicle_events WHERE id IN ({FUEL}) ORDER BY id"
ENDS = ("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff")
TABLES = [".".join(pair.target) for pair in target_pairs()]


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    yield from clone(server, loaded_template(server, "sample"))


@pytest.fixture
def loaded(server: Server) -> Iterator[Connection]:
    """A finished load of the sample, its guards asleep."""
    with unguarded(server, loaded_template(server, "sample")) as connection:
        yield connection


def failed(connection: Connection) -> set[tuple[str, str]]:
    """What the comparison of rows and values finds wrong."""
    found = reconcile.compare_rows(connection, MANIFESTS["sample"]).findings
    return {(item.check, item.subject) for item in found if item.status == "fail"}


def add_amount(connection: Connection, amount: str, order: str) -> None:
    """Add to the amount of the first or the last fuel event of a currency."""
    connection.execute(
        "UPDATE public.vehicle_events SET payload = payload || jsonb_build_object('total_amount',"
        f" (payload ->> 'total_amount')::numeric + {amount}) WHERE id = ({DEAREST} {order} LIMIT 1)"
    )


def test_a_load_without_a_fault_has_no_failure(loaded: Connection) -> None:
    assert failed(loaded) == set()


def test_sums_that_cancel_are_told(loaded: Connection) -> None:
    loaded.execute(
        'UPDATE public.vehicle_events SET payload = payload || \'{"currency": "USD"}\''
        f" WHERE id IN ({FUEL})"
    )
    before = failed(loaded)
    add_amount(loaded, "1", "ASC")
    add_amount(loaded, "-1", "DESC")
    new = failed(loaded) - before
    assert not {check for check, _ in new} & {"totals"}, "the sums are equal"
    assert len([subject for check, subject in new if check == "columns"]) == 1
    assert any("total_amount" in subject for _, subject in new)


def test_values_exchanged_between_two_rows_are_told(loaded: Connection) -> None:
    loaded.execute(
        "UPDATE public.garages AS one SET lat = other.lat FROM public.garages AS other"
        " WHERE one.id <> other.id AND one.lat IS DISTINCT FROM other.lat"
    )
    found = failed(loaded)
    assert ("fingerprint", "garages") in found
    assert any(check == "columns" and subject.endswith(".lat") for check, subject in found)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_reading_at_any_border_of_a_block_is_told(
    loaded: Connection, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "VEHICLES_AT_A_TIME", size)
    monkeypatch.setattr(packed, "READINGS_AT_A_TIME", 1)
    vehicles = loaded.execute(
        "SELECT DISTINCT vehicle_id FROM public.vehicle_events WHERE miles IS NOT NULL"
    ).fetchall()
    assert len(vehicles) > size
    assert different(loaded) == set()
    for (vehicle,) in vehicles:
        with loaded.transaction(force_rollback=True):
            loaded.execute(
                "UPDATE public.vehicle_events SET miles = miles + 1 WHERE miles IS NOT NULL"
                " AND type <> 'document' AND vehicle_id = %s",
                (vehicle,),
            )
            assert different(loaded) == {str(vehicle)}


def different(connection: Connection) -> set[str]:
    """The vehicles whose readings differ."""
    frame = mileage.audit(connection, "run", mileage.Rules()).vehicles
    return set(map(str, frame[~frame["equal"]]["vehicle_id"]))


def test_disputed_readings_do_not_depend_on_blocks(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_shared(server, loaded_template(server, "traps")) as connection:
        found = []
        for size in (1, 2, 3, 1000):
            monkeypatch.setattr(judging, "VEHICLES_AT_A_TIME", size)
            parts = load.judged_readings(connection)
            found.append(sorted(item for part in parts for item in part))
    assert found[0] and all(other == found[0] for other in found)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("table", ["vehicles", "reminders", "vehicle_images", "vehicle_events"])
def test_a_row_beyond_every_key_is_told(loaded: Connection, table: str, end: str) -> None:
    loaded.execute(
        f"INSERT INTO public.{table} SELECT (jsonb_populate_record(held, %s)).*"
        f" FROM public.{table} AS held LIMIT 1",
        (f'{{"id": "{end}", "dedupe_key": null}}',),
    )
    found = failed(loaded)
    assert any(check == "rows extra" and subject.endswith(table) for check, subject in found)
    assert {"ledger target", "fingerprint"} <= {check for check, _ in found}


@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_left_out_in_silence(loaded: Connection, table: str) -> None:
    loaded.execute(f"ALTER TABLE {table} RENAME TO moved_away")
    found = failed(loaded)
    assert any(table.partition(".")[2] in subject for _, subject in found), found


@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_a_row_is_told(loaded: Connection, table: str) -> None:
    rows = loaded.execute(f"SELECT count(*) FROM {table}").fetchone()
    loaded.execute(f"DELETE FROM {table}")
    assert rows and rows[0] and failed(loaded)


def test_a_staged_table_that_is_left_out_is_told(loaded: Connection) -> None:
    for name in ("odometer_readings", "plan_limits"):
        with loaded.transaction(force_rollback=True):
            loaded.execute(f"DROP TABLE legacy.{name} CASCADE")
            assert ("staged", name) in failed(loaded)


def test_a_comparison_that_was_stopped_is_not_equal(database: str) -> None:
    with connect(database) as other, connect(database) as connection:
        other.execute("LOCK TABLE public.vehicle_events IN ACCESS EXCLUSIVE MODE")
        connection.execute("SET lock_timeout = '20ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            reconcile.compare_rows(connection, MANIFESTS["sample"])
        connection.rollback()


@pytest.mark.parametrize("table", ["public.vehicle_events", "public.garages"])
def test_a_right_that_could_not_be_tried_is_not_refused(database: str, table: str) -> None:
    with connect(database) as other, connect(database) as connection:
        assert ok(rebuilt.check_schema(connection), "rights")
        connection.rollback()
        # a lock stops what anon tries, before or after the server asks whether anon may
        other.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        connection.execute("SET lock_timeout = '20ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            rebuilt.check_schema(connection)


def ok(found: list[Finding], check: str) -> bool:
    """Whether a check found nothing wrong."""
    said = [item.status for item in found if item.check == check]
    return bool(said) and set(said) == {"ok"}
