"""The mileage rule: both neighbours, in local date and time order; the ways out."""

from __future__ import annotations

import pytest
from psycopg import errors
from rebuilt import SPARE_A, A, Connection, event, module_target, one, owner, refused

__all__ = ["module_target", "owner"]

DECREASE = "Mileage cannot decrease"


def test_a_chain_that_was_opened_by_mistake_is_left_again(owner: Connection) -> None:
    event(owner, date="2025-01-01", miles=500)
    wrong = event(owner, date="2025-02-01", miles=600, chain=2)
    event(
        owner,
        date="2025-02-01",
        miles=600,
        chain=1,
        supersedes_id=wrong,
        supersedes_date="2025-02-01",
    )
    later = event(owner, date="2025-03-01", miles=700)
    assert one(owner, "SELECT chain FROM vehicle_events WHERE id = %s", (later,)) == 1
    with refused(owner, errors.CheckViolation, DECREASE):
        event(owner, date="2025-03-02", miles=650)


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
        owner,
        date="2025-09-10",
        miles=535000,
        disputed=True,
        supersedes_id=typo,
        supersedes_date="2025-09-10",
    )
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


def test_chains_go_by_date(owner: Connection) -> None:
    event(owner, date="2024-06-01", miles=80_000)
    event(owner, date="2024-08-01", miles=12, chain=2)
    with refused(owner, errors.CheckViolation, "Chain 1 on 2024-08-02 does not fit beside chain 2"):
        event(owner, date="2024-08-02", miles=80_100, chain=1)
    with refused(owner, errors.CheckViolation, "Chain 2 on 2024-05-31 does not fit beside chain 1"):
        event(owner, date="2024-05-31", miles=5, chain=2)
    event(owner, date="2024-08-01", miles=80_090, chain=1)  # the day of the change has both
    event(owner, date="2024-08-01", miles=13, chain=2)
    assert one(owner, "SELECT miles FROM vehicle_current_mileage") == 13


def test_neighbours_are_found_however_far_away_they_are(owner: Connection) -> None:
    event(owner, date="1999-03-01", miles=1_000)
    event(owner, date="2025-03-01", miles=2_000)
    with refused(owner, errors.CheckViolation, "from 1000 .1999-03-01. to 999 .2012-02-02"):
        event(owner, date="2012-02-02", miles=999)
    with refused(owner, errors.CheckViolation, "2012-02-02, this reading. to 2000 .2025-03-01"):
        event(owner, date="2012-02-02", miles=2_001)
    event(owner, date="2012-02-02", miles=1_500)


@pytest.mark.parametrize("date", ["1999-05-05", "2024-12-31", "2026-01-01"])
def test_a_correction_counts_whatever_its_own_date(owner: Connection, date: str) -> None:
    typo = event(owner, date="2025-05-01", miles=535_000)
    event(owner, date="2025-05-02", miles=535_000, vehicle_id=SPARE_A)
    event(
        owner,
        type="document",
        date=date,
        payload={"doc_type": "note"},
        supersedes_id=typo,
        supersedes_date="2025-05-01",
    )
    event(owner, date="2025-06-01", miles=53_500)
    with refused(owner, errors.CheckViolation, "from 53500"):
        event(owner, date="2025-06-02", miles=53_400)
    with refused(owner, errors.CheckViolation, "from 535000"):
        event(owner, date="2025-06-02", miles=53_400, vehicle_id=SPARE_A)


def test_a_disputed_reading_is_confirmed_by_a_correction(owner: Connection) -> None:
    event(owner, date="2025-05-01", miles=53_500)
    doubted = event(owner, date="2025-06-01", miles=93_300, disputed=True)
    assert one(owner, "SELECT miles FROM vehicle_current_mileage") == 53_500
    event(
        owner,
        date="2025-06-01",
        miles=93_300,
        supersedes_id=doubted,
        supersedes_date="2025-06-01",
    )
    assert one(owner, "SELECT miles FROM vehicle_current_mileage") == 93_300
    with refused(owner, errors.CheckViolation, "from 93300"):
        event(owner, date="2025-06-02", miles=53_600)


def test_a_new_vehicle_has_no_service_interval_that_nobody_stated(owner: Connection) -> None:
    shown = "SELECT manufacturer_service_interval_miles FROM vehicles WHERE id = %s"
    assert one(owner, shown, (SPARE_A,)) is None
