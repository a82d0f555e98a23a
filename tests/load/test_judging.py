"""What the load makes of readings: the view, the report and the next insert agree about each."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from conftest import in_shared
from loads import load_staged, staged_template
from planted import VEHICLE, insert_copy

from motomind_nb import load, mileage
from motomind_nb.postgres import Connection, Server, query, rows, value
from motomind_nb.reconcile.checks.witnesses import check_disputed_marks

CAR = "4c000000-0000-4000-8000-0000000000c1"
READING = "80000000-0000-4000-8000-000000000001"
OTHER = "4c000000-0000-4000-8000-0000000000c2"
Entry = tuple[str, int]


@pytest.fixture
def staged(server: Server) -> Iterator[Connection]:
    """A connection to the staged sample with two more cars."""
    with in_shared(server, staged_template(server, "sample")) as connection:
        for car in (CAR, OTHER):
            insert_copy(connection, "vehicles", VEHICLE, {"id": car})
        yield connection


def write(connection: Connection, entries: list[Entry], car: str = CAR) -> None:
    """Stage odometer readings (date, miles) of a car."""
    for date, miles in entries:
        write_one(connection, reading_date=date, mileage=miles, vehicle_id=car)


def write_one(connection: Connection, **columns: object) -> None:
    """Stage one odometer reading, of the first car and without a time if nothing else is said."""
    changes = {"id": str(uuid.uuid4()), "vehicle_id": CAR, "reading_time": None, **columns}
    insert_copy(connection, "odometer_readings", READING, changes)


def weekly(start: str, miles: int, readings: int, step: int = 300) -> list[Entry]:
    """Readings a week apart."""
    first = dt.date.fromisoformat(start)
    return [
        (str(first + dt.timedelta(weeks=week)), miles + step * week) for week in range(readings)
    ]


def told(connection: Connection, car: str = CAR) -> list[tuple[str, int, int, str | None]]:
    """Date, miles, chain and reason of the loaded readings that are not plain ones."""
    return [
        (str(row["date"]), row["miles"], row["chain"], row["reason"])
        for row in rows(
            connection,
            b"SELECT e.date, e.miles, e.chain, d.reason FROM public.vehicle_events AS e"
            b" LEFT JOIN audit.disputed AS d ON d.source_id = e.id"
            b" WHERE e.vehicle_id = %(car)s AND (e.chain > 1 OR e.disputed)"
            b" ORDER BY e.date, e.miles",
            {"car": car},
        )
    ]


def current(connection: Connection, car: str = CAR) -> int | None:
    """The rebuilt current mileage, which the report must state as well."""
    reported = mileage.audit(connection, "run", mileage.Rules()).vehicles
    row = reported[reported["vehicle_id"].astype(str) == car].iloc[0]
    shown = value(
        connection,
        b"SELECT miles FROM public.vehicle_current_mileage WHERE vehicle_id = %(car)s",
        {"car": car},
    )
    assert row["equal"]
    assert shown == row["after_miles"] == row["naive_after_miles"]
    return int(shown)


def insert(connection: Connection, miles: int, date: str, **columns: object) -> int:
    """Insert a reading live; return its chain."""
    given = {"supersedes_id": None, "supersedes_date": None, "chain": None, **columns}
    with connection.transaction():
        row = connection.execute(
            "INSERT INTO public.vehicle_events"
            " (vehicle_id, type, date, miles, supersedes_id, supersedes_date, chain)"
            " VALUES (%(car)s, 'odometer', %(date)s, %(miles)s, %(supersedes_id)s,"
            " %(supersedes_date)s, %(chain)s) RETURNING chain",
            {"car": CAR, "date": date, "miles": miles, **given},
        ).fetchone()
    assert row is not None
    return int(row[0])


PLAIN = weekly("2024-03-04", 41_000, 11)
SOON = dt.date.today() + dt.timedelta(days=31)
SETTLED = {
    "nothing": ([], []),
    "zeros at the end": (
        [("2024-06-03", 0), ("2024-06-10", 0), ("2024-06-17", 0)],
        [(day, 0, 1, "no reading") for day in ("2024-06-03", "2024-06-10", "2024-06-17")],
    ),
    "a last reading with a digit too many": (
        [("2024-05-20", 443_000)],
        [("2024-05-20", 443_000, 1, "undecided")],
    ),
    "a date of another century": (
        [("2091-05-20", 44_300)],
        [("2091-05-20", 44_300, 1, "future date")],
    ),
    "a date no insert would take": (
        [(str(SOON), 44_300)],
        [(str(SOON), 44_300, 1, "future date")],
    ),
    "a typo in the middle": ([("2024-04-10", 71_000)], [("2024-04-10", 71_000, 1, "spike")]),
}


@pytest.mark.parametrize("fault", SETTLED)
def test_what_is_no_true_reading_is_disputed_and_blocks_nobody(
    staged: Connection, fault: str
) -> None:
    entries, expected = SETTLED[fault]
    write(staged, [*PLAIN, *entries])
    write(staged, PLAIN, OTHER)
    load_staged(staged)
    assert told(staged) == expected
    assert told(staged, OTHER) == []
    assert current(staged) == current(staged, OTHER) == 44_000
    assert insert(staged, 44_310, "2024-06-24") == 1
    with pytest.raises(psycopg.errors.CheckViolation, match="cannot decrease"):
        insert(staged, 44_305, "2024-06-25")


def test_one_zero_after_one_true_reading_leaves_the_true_one(staged: Connection) -> None:
    write(staged, [("2025-04-01", 12_000), ("2025-05-01", 0)])
    load_staged(staged)
    assert told(staged) == [("2025-05-01", 0, 1, "no reading")]
    assert current(staged) == 12_000
    insert(staged, 12_500, "2025-05-02")


@pytest.mark.parametrize(("level", "before"), [(20, 98_000), (31_000, 64_000), (12, 99_990)])
def test_a_replaced_meter_opens_the_next_chain(staged: Connection, level: int, before: int) -> None:
    old, new = weekly("2023-01-02", before - 3_000, 11), weekly("2023-04-03", level, 9)
    write(staged, [*old, *new])
    load_staged(staged)
    assert told(staged) == [(date, miles, 2, None) for date, miles in new]
    assert current(staged) == level + 2_400
    assert insert(staged, level + 2_500, "2023-07-01") == 2
    assert insert(staged, before, "2023-03-20") == 1  # a late receipt of the old meter
    with pytest.raises(psycopg.errors.CheckViolation, match="Chain 1 on 2023-06-01"):
        insert(staged, before + 1, "2023-06-01", chain=1)


def test_the_dates_of_chains_never_overlap(staged: Connection) -> None:
    write(staged, weekly("2023-01-02", 90_000, 9))
    write(staged, weekly("2023-03-06", 10, 9))
    write(staged, [("2023-04-05", 92_500)])  # of the old meter, dated into the time of the new one
    load_staged(staged)
    assert (
        value(
            staged,
            b"SELECT count(*) FROM public.vehicle_events AS a JOIN public.vehicle_events AS b"
            b" USING (vehicle_id) WHERE a.chain < b.chain AND a.date > b.date",
        )
        == 0
    )
    assert [item[3] for item in told(staged) if item[1] == 92_500] != [None]
    assert current(staged) == 2_410


def test_a_disputed_reading_is_confirmed_by_a_correction(staged: Connection) -> None:
    write(staged, [*PLAIN, ("2024-05-20", 93_300)])
    load_staged(staged)
    assert current(staged) == 44_000
    wrong = rows(staged, b"SELECT id FROM public.vehicle_events WHERE miles = 93300")[0]["id"]
    insert(staged, 93_300, "2024-05-20", supersedes_id=wrong, supersedes_date="2024-05-20", chain=1)
    shown = b"SELECT miles FROM public.vehicle_current_mileage WHERE vehicle_id = %(car)s"
    assert value(staged, shown, {"car": CAR}) == 93_300
    insert(staged, 93_400, "2024-05-27")


def test_a_small_dip_is_disputed_as_a_decrease(staged: Connection) -> None:
    write(staged, [*PLAIN, ("2024-03-12", 41_290)])
    load_staged(staged)
    assert told(staged) == [("2024-03-12", 41_290, 1, "decrease")]
    assert current(staged) == 44_000


def test_times_finer_than_a_second_decide_as_the_rule_does(staged: Connection) -> None:
    write(staged, PLAIN)
    for time, miles in (("08:00:00.7", 44_100), ("08:00:00.2", 44_150)):
        write_one(staged, reading_date="2024-05-20", reading_time=time, mileage=miles)
    load_staged(staged)
    assert [(item[1], item[3]) for item in told(staged)] in (
        [(44_100, "decrease")],
        [(44_150, "decrease")],
    )


def test_the_check_names_a_mark_that_differs(staged: Connection) -> None:
    write(staged, [*weekly("2023-01-02", 95_000, 11), *weekly("2023-04-03", 7, 9)])
    write(staged, [*PLAIN, ("2024-06-03", 0)], OTHER)
    noted = load_staged(staged).judged

    def failed() -> set[str]:
        found = list(check_disputed_marks(staged))
        assert list(check_disputed_marks(staged, noted)) == found
        return {
            text.rpartition(", found ")[2].partition(" and ")[0]
            for item in found
            if item.status == "fail"
            for text in ([item.detail] if item.subject == "marks of readings" else [item.found])
        }

    assert failed() == set()
    mark = "UPDATE audit.disputed SET reason = %s WHERE vehicle_id = %s"
    staged.execute(mark, ("spike", OTHER))
    assert failed() == {"chain 1, disputed: spike"}
    staged.execute(mark, ("no reading", OTHER))
    owner = "UPDATE audit.disputed SET vehicle_id = %s WHERE source_id = ANY(%s)"
    wrong = "SELECT source_id FROM audit.disputed WHERE vehicle_id = %(car)s"
    ids = [row["source_id"] for row in rows(staged, wrong.encode(), {"car": OTHER})]
    staged.execute(owner, (CAR, ids))
    assert failed() == {f"chain 1, disputed: no reading, vehicle {CAR}"}
    staged.execute(owner, (OTHER, ids))
    staged.execute("UPDATE audit.later_chain SET chain = 3")
    assert failed() == {"chain 3, not disputed"}
    staged.execute("DELETE FROM audit.later_chain")
    assert failed() == {"chain 1, not disputed", "0 readings"}


def test_readings_that_the_load_judged_are_not_judged_again_while_they_are_the_same(
    staged: Connection,
) -> None:
    """Told by a note of marks that are wrong: only who judges anew sees that they are."""
    write(staged, [*PLAIN, ("2024-06-03", 0)], OTHER)
    noted = load_staged(staged).judged
    assert noted is not None

    def as_held() -> load.Judged:
        held = [load.Judgement(**row) for row in rows(staged, query("reconcile/told"))]
        return load.Judged(noted.readings, load.checksum_of_told(held))

    assert as_held() == noted
    staged.execute("UPDATE audit.disputed SET reason = 'spike' WHERE vehicle_id = %s", (OTHER,))
    wrong = as_held()
    assert wrong != noted

    def statuses() -> list[str]:
        return [item.status for item in check_disputed_marks(staged, wrong)]

    assert statuses() == ["ok", "ok"]
    staged.execute("UPDATE legacy.odometer_readings SET mileage = mileage + 1 WHERE mileage = 0")
    assert statuses() == ["fail", "ok", "ok"]


def test_chunks_do_not_matter(staged: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    write(staged, [*weekly("2023-01-02", 95_000, 11), *weekly("2023-04-03", 7, 9)])
    write(staged, [*PLAIN, ("2024-06-03", 0)], OTHER)
    load_staged(staged)
    whole = sorted(item for part in load.judged_readings(staged) for item in part)
    monkeypatch.setattr("motomind_nb.load.judging.READINGS_AT_A_TIME", 1)
    monkeypatch.setattr("motomind_nb.load.judging.VEHICLES_AT_A_TIME", 1)
    parts = list(load.judged_readings(staged))
    assert len(parts) > 1
    assert sorted(item for part in parts for item in part) == whole


def test_a_vehicle_without_a_service_interval_gets_none(staged: Connection) -> None:
    for car, miles in ((CAR, None), (OTHER, 7_100)):
        staged.execute(
            "UPDATE legacy.vehicles SET baseline_service_interval_miles = %s WHERE id = %s",
            (miles, car),
        )
    load_staged(staged)
    interval = b"SELECT manufacturer_service_interval_miles FROM public.vehicles WHERE id = %(car)s"
    assert value(staged, interval, {"car": CAR}) is None
    assert value(staged, interval, {"car": OTHER}) == 7_100
    added = staged.execute(
        "INSERT INTO public.vehicles (id, tenant_id, nickname)"
        " SELECT gen_random_uuid(), tenant_id, 'x' FROM public.vehicles WHERE id = %s"
        " RETURNING manufacturer_service_interval_miles",
        (OTHER,),
    ).fetchone()
    assert added == (None,)
