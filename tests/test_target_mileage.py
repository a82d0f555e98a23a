"""The mileage rule: both neighbours, in local date and time order, against a small model."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors
from rebuilt import SPARE_A, VEHICLE_A, A, Connection, event, module_target, one, owner, refused

__all__ = ["module_target", "owner"]

DECREASE = "Mileage cannot decrease"


@dataclass(frozen=True)
class Reading:
    """A reading of the model; position in time is partial: without a time a day has no order."""

    day: int
    hour: int | None
    miles: int
    chain: int = 1

    def before(self, other: Reading) -> bool:
        """Whether this reading was surely taken before the other one."""
        if self.day != other.day:
            return self.day < other.day
        return None not in (self.hour, other.hour) and self.hour < other.hour  # type: ignore[operator]

    def contradicts(self, other: Reading) -> bool:
        """Whether the two cannot both be true of one meter."""
        if self.chain != other.chain:
            return False
        down = self.before(other) and self.miles > other.miles
        return down or (other.before(self) and other.miles > self.miles)


READINGS = st.lists(
    st.builds(
        Reading, st.integers(1, 5), st.none() | st.sampled_from([6, 12, 18]), st.integers(1, 9),
        st.sampled_from([1, 1, 1, 2]),
    ),
    max_size=9,
)  # fmt: skip


def insert(owner: Connection, reading: Reading) -> str:
    time = None if reading.hour is None else dt.time(reading.hour)
    day = dt.date(2025, 1, reading.day)
    return event(owner, date=day, local_time=time, miles=reading.miles, chain=reading.chain)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(READINGS)
def test_a_reading_is_taken_exactly_when_it_contradicts_no_other(
    owner: Connection, readings: list[Reading]
) -> None:
    kept: list[Reading] = []
    with owner.transaction(force_rollback=True):
        for reading in readings:
            newest = max((other.chain for other in kept), default=0)
            fits = not any(reading.contradicts(other) for other in kept)
            expected = fits and reading.chain <= newest + 1
            try:
                with owner.transaction():
                    insert(owner, reading)
                accepted = True
                kept.append(reading)
            except errors.CheckViolation:
                accepted = False
            assert accepted == expected, (reading, kept)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations(range(6)), READINGS)
def test_the_outcome_of_one_statement_does_not_depend_on_the_order_of_its_rows(
    owner: Connection, order: list[int], readings: list[Reading]
) -> None:
    rows = [replace(readings[i], chain=1) for i in order if i < len(readings)]
    outcomes = {_many(owner, rows), _many(owner, rows[::-1])}
    clean = not any(left.contradicts(right) for left in rows for right in rows)
    assert outcomes == {clean}


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    READINGS,
    st.lists(st.integers(0, 9), min_size=9, max_size=9),
    st.lists(st.booleans(), min_size=9),
)
def test_corrections_and_disputed_readings_take_others_out(
    owner: Connection, readings: list[Reading], targets: list[int], disputed: list[bool]
) -> None:
    """Every second reading corrects an earlier event, if there is one that nobody corrected."""
    kept: dict[str, Reading] = {}
    with owner.transaction(force_rollback=True):
        for number, draft in enumerate(readings):
            reading = replace(draft, chain=1)
            wrong = list(kept)[targets[number] % len(kept)] if number % 2 and kept else None
            others = [other for mark, other in kept.items() if mark != wrong]
            fits = disputed[number] or not any(reading.contradicts(other) for other in others)
            try:
                with owner.transaction():
                    mark = _insert_over(owner, reading, wrong, disputed[number])
            except errors.CheckViolation:
                assert not fits, (reading, others)
                continue
            assert fits, (reading, others)
            if wrong is not None:
                del kept[wrong]
            if not disputed[number]:
                kept[mark] = reading


def _insert_over(owner: Connection, reading: Reading, wrong: str | None, disputed: bool) -> str:
    date = one(owner, "SELECT date FROM vehicle_events WHERE id = %s", (wrong,))
    return event(
        owner, date=dt.date(2025, 1, reading.day), miles=reading.miles, disputed=disputed,
        local_time=None if reading.hour is None else dt.time(reading.hour), chain=1,
        supersedes_id=wrong, supersedes_date=date,
    )  # fmt: skip


def test_a_chain_that_was_opened_by_mistake_is_left_again(owner: Connection) -> None:
    event(owner, date="2025-01-01", miles=500)
    wrong = event(owner, date="2025-02-01", miles=600, chain=2)
    event(
        owner, date="2025-02-01", miles=600, chain=1, supersedes_id=wrong,
        supersedes_date="2025-02-01",
    )  # fmt: skip
    later = event(owner, date="2025-03-01", miles=700)
    assert one(owner, "SELECT chain FROM vehicle_events WHERE id = %s", (later,)) == 1
    with refused(owner, errors.CheckViolation, DECREASE):
        event(owner, date="2025-03-02", miles=650)


def _many(owner: Connection, readings: list[Reading]) -> bool:
    """Insert all readings by one statement (chain 1); return whether they were taken."""
    days = [dt.date(2025, 1, reading.day) for reading in readings]
    times = [None if r.hour is None else dt.time(r.hour) for r in readings]
    try:
        with owner.transaction(force_rollback=True):
            owner.execute(
                "INSERT INTO vehicle_events (vehicle_id, type, date, local_time, miles, chain)"
                " SELECT %s, 'odometer', r.day, r.time, r.miles, 1"
                " FROM unnest(%s::date[], %s::time[], %s::integer[]) AS r (day, time, miles)",
                (VEHICLE_A, days, times, [reading.miles for reading in readings]),
            )
    except errors.CheckViolation:
        return False
    return True


def test_the_outcome_with_two_chains_in_one_statement_needs_the_first_first(
    owner: Connection,
) -> None:
    with refused(owner, errors.CheckViolation, "Chain 3 does not follow chain 0"):
        event(owner, date="2025-01-01", miles=1, chain=3)


def test_the_message_names_both_readings_and_the_ways_out(owner: Connection) -> None:
    other = event(owner, date="2025-01-05", miles=52040)
    with refused(owner, errors.CheckViolation) as refusal:
        event(owner, date="2025-02-06", miles=51870)
    said = refusal.value.diag
    assert said.message_primary == (
        "Mileage cannot decrease from 52040 (2025-01-05) to 51870 (2025-02-06, this reading)"
    )
    assert other in (said.message_detail or "")
    for way in ("supersedes_id", "next chain", "disputed = true"):
        assert way in (said.message_hint or "")


def test_one_typo_does_not_block_a_vehicle(owner: Connection) -> None:
    typo = event(owner, date="2025-09-10", miles=535000)
    with refused(owner, errors.CheckViolation, DECREASE):
        event(owner, date="2025-09-12", miles=53600)
    event(owner, date="2025-09-10", miles=53500, supersedes_id=typo, supersedes_date="2025-09-10")
    event(owner, date="2025-09-12", miles=53600)
    assert one(owner, "SELECT miles FROM vehicle_current_mileage") == 53600
    assert one(owner, "SELECT count(*) FROM vehicle_events") == 3


def test_a_typo_can_be_retired_as_disputed(owner: Connection) -> None:
    typo = event(owner, date="2025-09-10", miles=535000)
    event(
        owner, date="2025-09-10", miles=535000, disputed=True, supersedes_id=typo,
        supersedes_date="2025-09-10",
    )  # fmt: skip
    event(owner, date="2025-09-12", miles=53600)


@pytest.mark.parametrize("fault", ["unknown", "other vehicle", "twice", "wrong date"])
def test_a_correction_names_an_event_of_the_vehicle_that_nobody_corrected(
    owner: Connection, fault: str
) -> None:
    typo = event(owner, date="2025-09-10", miles=535000)
    fix = {"date": "2025-09-10", "miles": 5, "supersedes_id": typo, "supersedes_date": "2025-09-10"}
    if fault == "unknown":
        fix["supersedes_id"] = A
    elif fault == "other vehicle":
        fix["vehicle_id"] = SPARE_A
    elif fault == "wrong date":
        fix["supersedes_date"] = "2025-09-11"
    else:
        event(owner, **fix)
    with refused(owner, (errors.ForeignKeyViolation, errors.UniqueViolation)):
        event(owner, **fix)


def test_a_correction_can_itself_be_corrected_and_keeps_its_chain(owner: Connection) -> None:
    event(owner, date="2025-09-01", miles=100)
    first = event(owner, date="2025-09-10", miles=7, chain=2)
    second = event(
        owner, date="2025-09-10", miles=8, supersedes_id=first, supersedes_date="2025-09-10"
    )
    third = event(
        owner, date="2025-09-10", miles=9, supersedes_id=second, supersedes_date="2025-09-10"
    )
    chain = "SELECT chain FROM vehicle_events WHERE id = %s"
    assert one(owner, chain, (third,)) == 2
    assert one(owner, "SELECT miles FROM vehicle_current_mileage") == 9


def test_a_replaced_meter_opens_a_chain_that_later_readings_follow(owner: Connection) -> None:
    event(owner, date="2025-01-01", miles=99990)
    event(owner, date="2025-02-01", miles=3, chain=2)
    later = event(owner, date="2025-03-01", miles=500)
    earlier = event(owner, date="2025-01-15", miles=99995)
    chain = "SELECT chain FROM vehicle_events WHERE id = %s"
    assert (one(owner, chain, (later,)), one(owner, chain, (earlier,))) == (2, 1)
    with refused(owner, errors.CheckViolation, DECREASE):
        event(owner, date="2025-04-01", miles=400)
    assert one(owner, "SELECT miles FROM vehicle_current_mileage") == 500


def test_only_events_that_state_an_odometer_take_part(owner: Connection) -> None:
    event(owner, type="document", date="2025-01-01", miles=9_000_000, payload={"doc_type": "title"})
    event(owner, type="fuel", date="2025-01-02", miles=500, payload={"gallons": 3})
    event(
        owner,
        type="maintenance",
        date="2025-01-03",
        miles=400,
        payload={"kind": "oil"},
        disputed=True,
    )
    with refused(owner, errors.CheckViolation, DECREASE):
        event(owner, date="2025-01-04", miles=499)
    event(owner, type="fuel", date="2025-01-05", payload={"gallons": 3})
    event(owner, date="2025-01-04", miles=500)


def test_the_current_mileage_is_the_last_reading_in_the_order_of_the_day(owner: Connection) -> None:
    event(owner, date="2025-01-01", local_time="19:20", miles=18940)
    event(owner, date="2025-01-01", local_time="06:55", miles=18905)
    event(owner, date="2025-01-01", miles=18920)
    assert one(owner, "SELECT miles FROM vehicle_current_mileage") == 18940
