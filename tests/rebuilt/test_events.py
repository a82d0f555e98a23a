"""Events are facts, for every role and by every way in; payloads are checked by type."""

from __future__ import annotations

import json

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors
from rebuilt import VEHICLE_A, A, Connection, acting, event, module_target, one, owner, refused

__all__ = ["module_target", "owner"]

FACTS = "Events are immutable facts and cannot be "
CHANGES = {
    "UPDATE {} SET miles = 1": "updated",
    "UPDATE {} SET miles = 1 WHERE false": "updated",
    "DELETE FROM {}": "deleted",
    "TRUNCATE {}": "truncated",
    "TRUNCATE {} CASCADE": "truncated",
}
RELATIONS = ("vehicle_events", "vehicle_events_2025", "vehicle_events_default")


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_cannot_change_events(owner: Connection, change: str, relation: str) -> None:
    event(owner, date="2025-01-28", miles=5)
    with refused(owner, errors.RestrictViolation, FACTS + CHANGES[change]) as refusal:
        owner.execute(change.format(relation))
    assert "insert a correction" in str(refusal.value)
    assert one(owner, "SELECT miles FROM vehicle_events") == 5


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role"])
def test_no_role_has_the_right_to(owner: Connection, role: str, change: str, relation: str) -> None:
    with acting(owner, role, A), refused(owner, errors.InsufficientPrivilege):
        owner.execute(change.format(relation))


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("change", CHANGES)
def test_granted_back_by_mistake_the_guards_still_hold(
    owner: Connection, change: str, relation: str
) -> None:
    owner.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO service_role")
    with acting(owner, "service_role"), refused(owner, errors.RestrictViolation, FACTS):
        owner.execute(change.format(relation))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM vehicles",
        "DELETE FROM tenants",
        "TRUNCATE vehicles CASCADE",
        "TRUNCATE tenants CASCADE",
        "UPDATE vehicles SET id = gen_random_uuid()",
    ],
)
def test_nothing_cascades_into_events(owner: Connection, statement: str) -> None:
    event(owner, date="2025-01-28", miles=5)
    with refused(owner, errors.IntegrityError):
        owner.execute(statement)
    assert one(owner, "SELECT count(*) FROM vehicle_events") == 1


def test_no_foreign_key_cascades_or_forgets(owner: Connection) -> None:
    actions = one(
        owner,
        "SELECT string_agg(DISTINCT confdeltype::text || confupdtype::text, '') FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = 'public'::regnamespace",
    )
    assert actions == "aa"


def test_an_upsert_is_insert_or_ignore(owner: Connection) -> None:
    mark = event(owner, date="2025-01-28", miles=5)
    event(owner, date="2025-02-28", miles=9)
    again = (
        "INSERT INTO vehicle_events (id, vehicle_id, type, date, miles) VALUES (%s, %s, %s, %s, 5)"
    )
    values = (mark, VEHICLE_A, "odometer", "2025-01-28")
    assert owner.execute(again + " ON CONFLICT (id, date) DO NOTHING", values).rowcount == 0
    with refused(owner, errors.UniqueViolation):
        owner.execute(again, values)
    with refused(owner, errors.RestrictViolation, "cannot be updated"):
        owner.execute(again + " ON CONFLICT (id, date) DO UPDATE SET miles = 6", values)


def test_a_resent_correction_is_ignored_too(owner: Connection) -> None:
    wrong = event(owner, date="2025-01-28", miles=535000)
    fix = {"date": "2025-01-28", "miles": 53500, "supersedes_id": wrong}
    mark = event(owner, supersedes_date="2025-01-28", **fix)
    again = owner.execute(
        "INSERT INTO vehicle_events (id, vehicle_id, type, date, miles, supersedes_id,"
        " supersedes_date) VALUES (%s, %s, 'odometer', '2025-01-28', 53500, %s, '2025-01-28')"
        " ON CONFLICT DO NOTHING",
        (mark, VEHICLE_A, wrong),
    )
    assert again.rowcount == 0


def test_an_id_is_used_once(owner: Connection) -> None:
    mark = event(owner, date="2025-01-28", miles=5)
    with refused(owner, errors.UniqueViolation, f"{mark} is already used on 2025-01-28"):
        event(owner, id=mark, date="2026-01-28", miles=6)


@pytest.mark.parametrize(
    "column", ["user_id", "created_by", "updated_by", "updated_at", "deleted_at"]
)
def test_events_have_no_user_and_no_change_columns(owner: Connection, column: str) -> None:
    found = "SELECT attname FROM pg_attribute WHERE attrelid = 'vehicle_events'::regclass"
    assert column not in {name for (name,) in owner.execute(found)}


@pytest.mark.parametrize("day", ["1899-12-31", "infinity", "-infinity", "today+31"])
def test_live_dates_have_a_range(owner: Connection, day: str) -> None:
    value = one(owner, "SELECT (now() AT TIME ZONE 'UTC')::date + 31")
    with refused(owner, errors.CheckViolation, "date must be from 1900-01-01 to 30 days"):
        event(owner, date=value if day == "today+31" else day, miles=5)
    event(owner, date=one(owner, "SELECT (now() AT TIME ZONE 'UTC')::date + 30"), miles=5)
    event(owner, date="1900-01-01", miles=1)


# jsonb itself knows no NUL character and no half of a surrogate pair
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=3)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(-3, 3)
    | st.sampled_from(
        ["", " ", "\t", "NaN", "12,50", "12.50", "-1", "Infinity", "oil", "0x10", "1e400"]
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(
    ["total_amount", "gallons", "kind", "service_type", "doc_type", "vendor", "notes"]
)
PAYLOADS = st.dictionaries(KEYS, JSON, max_size=4) | JSON
TYPES = st.sampled_from(["odometer", "fuel", "maintenance", "document", "repair", "", "FUEL"])


def accepts(kind: str, miles: int | None, payload: object) -> bool:
    """The rule in Python: what a payload must state, by type."""
    if not isinstance(payload, dict) or kind not in ("odometer", "fuel", "maintenance", "document"):
        return False
    if kind == "odometer":
        return miles is not None
    if kind == "fuel":
        stated = [
            payload[key] for key in ("total_amount", "gallons") if payload.get(key) is not None
        ]
        numbers = all(isinstance(x, int | float) and not isinstance(x, bool) for x in stated)
        return numbers and all(x >= 0 for x in stated) and any(x > 0 for x in stated)
    keys = ("kind", "service_type") if kind == "maintenance" else ("doc_type",)
    stated = [payload[key] for key in keys if payload.get(key) is not None]
    return all(isinstance(x, str) for x in stated) and any(x.strip() for x in stated)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(TYPES, st.none() | st.just(7), PAYLOADS)
def test_any_payload_is_taken_or_refused_with_the_checks_own_message(
    owner: Connection, kind: str, miles: int | None, payload: object
) -> None:
    text = json.dumps(payload)
    try:
        with owner.transaction(force_rollback=True):
            event(owner, type=kind, date="2025-03-03", miles=miles, payload=text)
            accepted = True
    except psycopg.Error as error:
        assert error.sqlstate == "23514", f"{text}: {error}"
        assert str(error).startswith("Event refused: "), f"{text}: {error}"
        accepted = False
    assert accepted == accepts(kind, miles, payload), text


@pytest.mark.parametrize(
    ("kind", "miles", "payload", "message"),
    [
        ("fuel", None, "{}", "a fuel event needs a positive total_amount or gallons"),
        ("fuel", None, '{"total_amount": 0}', "a fuel event needs a positive"),
        ("fuel", None, '{"total_amount": [5]}', "total_amount must be a JSON number, found array"),
        ("odometer", None, "{}", "an odometer event needs miles"),
        ("odometer", -1, "{}", "miles must not be negative, found -1"),
        ("maintenance", None, '{"kind": []}', "kind must be text, found array"),
        ("document", None, "null", "payload must be a JSON object, found null"),
        (None, None, "{}", "type must be odometer, maintenance, fuel or document, found NULL"),
    ],
)
def test_each_refusal_says_what_is_wrong(
    owner: Connection, kind: str | None, miles: int | None, payload: str, message: str
) -> None:
    with refused(owner, errors.CheckViolation, f"Event refused: {message}"):
        event(owner, type=kind, date="2025-03-03", miles=miles, payload=payload)
