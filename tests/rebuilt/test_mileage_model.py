"""The mileage rule against a small model: whatever comes in, in whatever order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors
from rebuilt import VEHICLE_A, Connection, event, module_target, one, owner

__all__ = ["module_target", "owner"]


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
            return (self.day < other.day) != (self.chain < other.chain) and self.day != other.day
        down = self.before(other) and self.miles > other.miles
        return down or (other.before(self) and other.miles > self.miles)


READINGS = st.lists(
    st.builds(
        Reading,
        st.integers(1, 5),
        st.none() | st.sampled_from([6, 12, 18]),
        st.integers(1, 9),
        st.sampled_from([1, 1, 1, 2]),
    ),
    max_size=9,
)


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
        owner,
        date=dt.date(2025, 1, reading.day),
        miles=reading.miles,
        disputed=disputed,
        local_time=None if reading.hour is None else dt.time(reading.hour),
        chain=1,
        supersedes_id=wrong,
        supersedes_date=date,
    )


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
