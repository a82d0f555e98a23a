"""What the profile counts is what the quarantine refuses: a rule is written once for both."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from conftest import in_shared
from loads import staged_template
from planted import BROKEN, DROP_RULES, FAULTS, NOBODY, TENANT, VEHICLE, insert_copy, plant

from motomind_nb.load import RuleFile, quarantine, rule_files
from motomind_nb.load.loadable import loadable_view_name
from motomind_nb.load.rules import COLUMN, SHARED
from motomind_nb.postgres import Connection, Server, in_source, query_text, rows
from motomind_nb.profile.constraints import find_rows_breaking_rules

CODE = re.compile(r"'([a-z_]+): ")
LOADED = "loaded"
# rules that a row may break because what it hangs on was refused; the profile cannot know that yet
HANGING = {"tenant exists", "user exists", "garage exists", "vehicle is loaded", "has a tenant"}
# a row breaks it no more once the one before it is refused for what it hangs on
SPARING = {"one open reminder per key"}
OTHER = TENANT[:-1] + "2"
USER = "20000000-0000-4000-8000-000000000001"
REFUSED_VEHICLE = VEHICLE[:-2] + "f5"
DATES = {
    "vehicle_events": "date",
    "odometer_readings": "reading_date",
    "fuel_logs": "date",
    "service_records": "service_date",
}
MILES = {
    "vehicle_events": "miles",
    "odometer_readings": "mileage",
    "fuel_logs": "odometer_reading",
    "service_records": "odometer_reading",
}
CHILDREN = {
    "vehicle_images": "60000000-0000-4000-8000-000000000001",
    "reminders": "70000000-0000-4000-8000-000000000001",
    "vehicle_events": "50000000-0000-4000-8000-000000000002",
    "odometer_readings": "80000000-0000-4000-8000-000000000001",
    "fuel_logs": "90000000-0000-4000-8000-000000000001",
    "service_records": "a0000000-0000-4000-8000-000000000001",
}
# no compression of the server shortens it
LONG = "".join(chr(random.Random(place).randrange(0x4E00, 0x9FA0)) for place in range(1_200))
# source, last digits of the id, what differs from the row that is copied
MORE: list[tuple[str, str, dict[str, object]]] = [
    *((source, "a1", {"vehicle_id": NOBODY}) for source in CHILDREN),
    *((source, "a2", {"tenant_id": NOBODY}) for source in CHILDREN),
    *((source, "a3", {"tenant_id": OTHER}) for source in CHILDREN),
    *((source, "a4", {"vehicle_id": REFUSED_VEHICLE}) for source in CHILDREN),
    *((source, "a5", {date: "2031-01-01"}) for source, date in DATES.items()),
    *((source, "a6", {date: "-infinity"}) for source, date in DATES.items()),
    *((source, "a7", {miles: -1}) for source, miles in MILES.items()),
    *((source, "a8", {miles: -1, "tenant_id": OTHER}) for source, miles in MILES.items()),
    ("reminders", "b1", {"priority": "now"}),
    ("reminders", "b2", {"source": "guess"}),
    ("reminders", "b3", {"status": "lost"}),
    ("reminders", "b4", {"dedupe_key": "k", "vehicle_id": REFUSED_VEHICLE}),
    ("reminders", "b5", {"dedupe_key": "k", "created_at": "2025-06-01T01:00:00Z"}),
    ("reminders", "b6", {"dedupe_key": "k", "created_at": "2025-06-01T02:00:00Z"}),
    ("reminders", "b7", {"dedupe_key": LONG, "status": "open"}),
    ("vehicle_events", "b1", {"type": "party"}),
    ("vehicle_events", "b2", {"type": "document", "payload": {"doc_type": "title"}, "miles": 5}),
    ("vehicle_events", "b3", {"type": "fuel", "payload": {"gallons": "ten"}}),
    ("vehicle_events", "b4", {"payload": None}),
]
STATEMENTS = (
    f"INSERT INTO legacy.memberships VALUES ('{NOBODY}', '{USER}', 'owner', now()),"
    f" ('{OTHER}', '{NOBODY}', 'owner', now()), ('{OTHER}', '{USER}', 'guest', now()),"
    f" ('{TENANT}', '{USER[:-2]}f2', 'viewer', now())",
    f"INSERT INTO legacy.memberships VALUES ('{TENANT}', '{USER[:-2]}f9', 'viewer', now())",
    f"INSERT INTO legacy.vehicles_naming_backup (id, label) VALUES ('{VEHICLE[:-2]}f7', 'A'),"
    f" ('{VEHICLE[:-2]}f8', 'B')",
    "INSERT INTO legacy.manual_events (id, tenant_id, vehicle_id, event_type, payload,"
    f" created_at, updated_at) VALUES (gen_random_uuid(), '{TENANT}', '{VEHICLE}', 'maintenance',"
    " '{}', now(), now())",
)
# source, id, code of the quarantine, None where the row is loaded
EXPECTED = (
    ("vehicles", VEHICLE[:-2] + "f6", "tenant_conflict"),
    ("vehicles", VEHICLE[:-2] + "f7", "vin_format"),
    ("vehicles", VEHICLE[:-2] + "f8", None),
    ("users", USER[:-2] + "f2", "duplicate_email"),
    ("memberships", f"{NOBODY}/{USER}", "unknown_tenant"),
    ("memberships", f"{OTHER}/{NOBODY}", "unknown_user"),
    ("memberships", f"{OTHER}/{USER}", "unknown_role"),
    ("fuel_logs", CHILDREN["fuel_logs"][:-2] + "a5", None),
    ("fuel_logs", CHILDREN["fuel_logs"][:-2] + "a8", "tenant_conflict"),
    ("reminders", CHILDREN["reminders"][:-2] + "b1", "unknown_value"),
    ("reminders", CHILDREN["reminders"][:-2] + "b2", "unknown_value"),
    ("reminders", CHILDREN["reminders"][:-2] + "b4", "vehicle_in_quarantine"),
    # the earlier one of this key is refused, so that it stands in nobody's way
    ("reminders", CHILDREN["reminders"][:-2] + "b5", None),
    ("reminders", CHILDREN["reminders"][:-2] + "b6", "second_open_reminder"),
    ("vehicle_events", CHILDREN["vehicle_events"][:-2] + "b3", None),
    ("vehicle_events", CHILDREN["vehicle_events"][:-2] + "b4", "payload_not_object"),
)
Why = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True)
class Told:
    """What both say of one database: by source and key, why each rule is broken."""

    counted: Why
    asked: Why
    shown: list[dict[str, Any]]
    held: dict[str, dict[str, str]]
    tenants: dict[str, object]


def why(connection: Connection, kept: Callable[[str], Any]) -> Why:
    """By source, key and rule: the texts of the broken rules."""
    found: Why = {}
    for file in rule_files():
        names = [rule.name for rule in file.rules]
        found[file.source] = {
            str(row["key"]): {name: row[name] for name in names if row[name] is not None}
            for row in rows(connection, file.select(kept))
        }
    return found


def tell(connection: Connection) -> Told:
    """Take the profile's rules, fill the quarantine and keep what both say."""
    shown = find_rows_breaking_rules(connection).to_dict("records")
    counted = why(connection, in_source)
    quarantine.quarantine_refused_rows(connection)
    held: dict[str, dict[str, str]] = {file.source: {} for file in rule_files()}
    found = rows(connection, b"SELECT * FROM audit.quarantine")
    for row in found:
        assert row["source_id"] not in held[row["source_table"]]
        held[row["source_table"]][row["source_id"]] = f"{row['rule']}: {row['reason']}"
    tenants = {row["source_id"]: row["tenant_id"] for row in found}
    return Told(counted, why(connection, loadable_view_name), shown, held, tenants)


def nothing(connection: Connection) -> None:
    """Leave the rows as they are."""


def break_all(connection: Connection) -> None:
    """Plant a row for each code that a rule can tell."""
    connection.execute(DROP_RULES)
    connection.execute("ALTER TABLE legacy.vehicle_events ALTER payload DROP NOT NULL")
    insert_copy(connection, "tenants", TENANT, {"id": OTHER})
    for source, copied, ending, changes, _ in BROKEN:
        insert_copy(connection, source, copied, {"id": copied[:-2] + ending, **changes})
    for source, ending, changes in MORE:
        copied = CHILDREN[source]
        insert_copy(connection, source, copied, {"id": copied[:-2] + ending, **changes})
    later = {"id": USER[:-2] + "f2", "created_at": "2040-01-01T00:00:00Z"}
    insert_copy(connection, "users", USER, later)
    insert_copy(connection, "users", USER, {"id": USER[:-2] + "f9", "email": LONG})
    for ending, changes in (
        ("f6", {"tenant_id": OTHER}),
        ("f7", {"display_name": " ", "vin": "MADEUP0000000000O"}),
        ("f8", {"display_name": ""}),
    ):
        insert_copy(connection, "vehicles", VEHICLE, {"id": VEHICLE[:-2] + ending, **changes})
    insert_copy(connection, "fuel_logs", CHILDREN["fuel_logs"], {"id": CHILDREN["vehicle_events"]})
    for statement in STATEMENTS:
        connection.execute(statement.encode())


def leave_one_tenant(connection: Connection) -> None:
    """Take the memberships away, so that the only tenant gets the user."""
    connection.execute("DELETE FROM legacy.memberships")


STATES: dict[str, tuple[str, Callable[[Connection], None]]] = {
    "sample": ("sample", nothing),
    "traps": ("traps", nothing),
    "every code": ("sample", break_all),
    "one tenant": ("sample", leave_one_tenant),
}


@pytest.fixture(scope="module")
def told(server: Server) -> dict[str, Told]:
    """What both say, by the name of a state."""
    found = {}
    for name, (data, act) in STATES.items():
        with in_shared(server, staged_template(server, data)) as connection:
            act(connection)
            found[name] = tell(connection)
    return found


def first_broken(file: RuleFile, texts: dict[str, str]) -> str | None:
    """The rule for which a row is refused, None where it is loaded."""
    return next((name for name in file.refusing if texts.get(name, LOADED) != LOADED), None)


def disagreements(file: RuleFile, told: Told) -> Iterator[str]:
    """Each way in which the profile's keys are not those that the quarantine refuses."""
    asked, held = told.asked[file.source], told.held[file.source]
    refused = {key: first_broken(file, asked[key]) for key in held}
    for key, texts in asked.items():
        name = first_broken(file, texts)
        if held.get(key) != (texts[name] if name else None):
            yield f"{key}: {held.get(key)} is not the first of {texts}"
    for place, rule in enumerate(file.refusing):
        counted = {
            key
            for key, texts in told.counted[file.source].items()
            if texts.get(rule, LOADED) != LOADED
        }
        so_far = {key for key, by in refused.items() if by in file.refusing[: place + 1]}
        for_it = {key for key, by in refused.items() if by == rule}
        spared = {key for key in counted if rule in SPARING and rule not in asked[key]}
        if counted - so_far - spared:
            yield f"{rule}: counted and not refused: {counted - so_far - spared}"
        if for_it - counted and rule not in HANGING:
            yield f"{rule}: refused and not counted: {for_it - counted}"
        for key in for_it - counted:
            if "quarantine" not in held[key] and rule != "has a tenant":
                yield f"{rule}: {key} hangs on nothing that was refused"


@pytest.mark.campaign(every=4)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("file", rule_files(), ids=lambda file: file.source)
def test_what_the_profile_counts_is_what_the_quarantine_refuses(
    told: dict[str, Told], file: RuleFile, state: str
) -> None:
    assert list(disagreements(file, told[state])) == []


@pytest.mark.parametrize(("source", "rule"), sorted(FAULTS))
def test_a_planted_fault_is_counted_and_refused_alike(
    server: Server, source: str, rule: str
) -> None:
    with in_shared(server, staged_template(server, "sample")) as connection:
        plant(connection, source, rule)
        known = tell(connection)
    assert [line for file in rule_files() for line in disagreements(file, known)] == []


@pytest.mark.parametrize("state", STATES)
def test_the_profile_shows_as_many_rows_as_break_the_rule(
    told: dict[str, Told], state: str
) -> None:
    lines = {(line["object"], line["rule"]): line for line in told[state].shown}
    for file in rule_files():
        for rule in file.rules:
            if rule.shown:
                line = lines.pop((file.source.replace("event_ids", "event tables"), rule.name))
                counted = told[state].counted[file.source]
                keys = sorted(key for key, texts in counted.items() if rule.name in texts)
                assert (line["rows"], line["samples"]) == (len(keys), ", ".join(keys[:3])), line
    assert lines == {}


@pytest.mark.parametrize("file", rule_files(), ids=lambda file: file.source)
def test_every_code_is_told_of_some_row(told: dict[str, Told], file: RuleFile) -> None:
    text = query_text(file.name)
    for name in SHARED:
        if f"{{{name}}}" in text:
            text += query_text(f"load/rules/shared/{name}")
    expected = {*CODE.findall(text), *re.findall(r"'(loaded)'", text)}
    found = {
        why.partition(": ")[0]
        for state in told.values()
        for side in (state.counted, state.asked)
        for texts in side[file.source].values()
        for why in texts.values()
    }
    assert found == expected


@pytest.mark.parametrize("file", rule_files(), ids=lambda file: file.source)
def test_a_rule_has_one_header_and_one_column(file: RuleFile) -> None:
    names = [rule.name for rule in file.rules]
    assert sorted(COLUMN.findall(query_text(file.name))) == sorted(names)
    assert len(set(names)) == len(names) > 0


@pytest.mark.parametrize(("source", "key", "code"), EXPECTED)
def test_a_row_is_refused_for_the_first_rule_that_it_breaks(
    told: dict[str, Told], source: str, key: str, code: str | None
) -> None:
    assert key in told["every code"].asked[source]
    found = told["every code"].held[source].get(key)
    assert (found and found.partition(": ")[0]) == code


def test_a_refused_user_keeps_the_tenant_that_it_would_have_had(told: dict[str, Told]) -> None:
    tenants = told["every code"].tenants
    assert str(tenants[USER[:-2] + "f2"]) == TENANT
    assert tenants[USER[:-2] + "f1"] is None


def test_a_refused_row_is_kept_whole(server: Server) -> None:
    with in_shared(server, staged_template(server, "traps")) as connection:
        quarantine.quarantine_refused_rows(connection)
        for held in rows(connection, b"SELECT * FROM audit.quarantine"):
            if held["source_table"] != "memberships":
                statement = f"SELECT to_jsonb(s) AS row FROM legacy.{held['source_table']} AS s"
                whole = rows(
                    connection,
                    f"{statement} WHERE id = %(id)s".encode(),
                    {"id": held["source_id"]},
                )
                assert json.dumps(whole[0]["row"]) == json.dumps(held["source_row"])
