"""What others will wait is predicted by the rehearsal's own rates, in proportion to the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from in_place import Fleet, fleet

from motomind_nb.apply.planning import forecast
from motomind_nb.postgres import Server
from motomind_nb.runs import Run

STEPS = {*forecast.BY_ROWS, *forecast.BY_OBJECTS, *forecast.AFTER_SWITCH}


@pytest.fixture(scope="module")
def held(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A legacy database with a rehearsal that keeps no seconds yet."""
    with fleet(server, tmp_path_factory.mktemp("runs"), "fleet_that_waits") as one:
        yield one


def test_a_rehearsal_keeps_the_seconds_of_every_step_that_an_apply_takes_again(
    run_before: Callable[[str], Run],
) -> None:
    facts = run_before("06_report").facts()
    taken = facts["step_seconds"]
    assert taken.keys() == STEPS and min(taken.values()) > 0
    assert facts["same_work_seconds"] > 0
    # what the sample makes of its tables is at least a page for each of fifty relations
    assert min(facts["bytes_taken"].values()) > 50 * 8192


def test_rows_make_loading_longer_and_readers_wait_for_objects_only(held: Fleet) -> None:
    assert held.plan().predicted == {}
    rates = dict.fromkeys(STEPS, 0.25)
    held.rehearsal.note(step_seconds=rates)
    before = held.plan().predicted
    loading = 0.25 * len(forecast.BY_ROWS)
    assert before["writers_seconds"] > before["readers_seconds"] + loading
    rows = sum(
        held.execute(f"SELECT count(*) FROM {name}")[0][0] for name in forecast.loaded_tables()
    )
    held.execute(
        "INSERT INTO tenants (name, kind) SELECT 'No ' || n, 'solo'"
        f" FROM generate_series(1, {2 * rows}) AS n"
    )
    after = held.plan().predicted
    assert after["readers_seconds"] == before["readers_seconds"]
    grown = after["writers_seconds"] - before["writers_seconds"]
    assert grown == pytest.approx(2 * loading, abs=0.02)
    held.rehearsal.note(step_seconds={**rates, "load": 4.25})
    slower = held.plan().predicted["writers_seconds"] - after["writers_seconds"]
    assert slower == pytest.approx(3 * 4.0, abs=0.02)
    del rates["compare mileage"]
    held.rehearsal.note(step_seconds=rates)  # of a rehearsal that was cut short
    assert held.plan().predicted == {}


def test_a_slower_server_makes_all_longer_and_the_disk_grows_with_the_rows(held: Fleet) -> None:
    rates = dict.fromkeys(STEPS, 100.0)
    held.rehearsal.note(step_seconds=rates, same_work_seconds=1e-6)
    slow = held.plan().predicted
    held.rehearsal.note(same_work_seconds=1e6)
    assert held.plan().predicted == {"readers_seconds": 0.0, "writers_seconds": 0.0}
    for name in ("readers_seconds", "writers_seconds"):
        assert slow[name] > 100_000  # the same work took a microsecond at the rehearsal

    def disk() -> str:
        return next(item.found for item in held.plan().warnings if item.subject == "disk")

    assert "does not say" in disk()
    rows = forecast.loaded_tables()
    now = sum(held.execute(f"SELECT count(*) FROM {name}")[0][0] for name in rows)
    before = sum(item.rows or 0 for item in held.request().rehearsed.tables() if item.name in rows)
    held.rehearsal.note(bytes_taken={"database": 5e9, "log": 7e9})
    assert f"{now / before * 5e3:,.0f} MB for the rebuilt tables" in disk()
    assert f"{now / before * 7e3:,.0f} MB for the write-ahead log" in disk()
