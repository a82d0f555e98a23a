"""The export's JSON file: kept to the digit where right, named to the column where wrong."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import real_logs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motomind_nb import backup, postgres, profile
from motomind_nb.backup import Manifest
from motomind_nb.core import MotomindError, Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Server

TENANT = "18a13f7a-ab03-5d03-8794-beba3fcd6795"
VEHICLE = "6e01c15d-0667-54c7-9d10-2a2d5595cdbb"
FUEL = {
    "id": "2185ad78-2718-55b4-a969-ce4bc35d5dfc",
    "tenant_id": TENANT,
    "vehicle_id": VEHICLE,
    "date": "2025-01-02",
    "total_amount": 12.5,
    "source": "manual",
}
Convert = Callable[..., Manifest]


def export() -> dict[str, Any]:
    """A small export with one tenant, one vehicle and one fuel log."""
    moment = "2025-09-26T12:00:00+00:00"
    stamps = {"created_at": moment, "updated_at": moment}
    return {
        "timestamp": "2025-09-26T12:00:00.000Z",
        "tenants": [{"id": TENANT, "name": "Home", "kind": "solo", **stamps}],
        "users": [],
        "garages": [],
        "vehicles": [{"id": VEHICLE, "tenant_id": TENANT, "display_name": "Truck", **stamps}],
        "current_events": [],
        "legacy_events": {
            "odometer_readings": [],
            "fuel_logs": [dict(FUEL)],
            "service_records": [],
        },
        "vehicle_images": [],
        "reminders": [],
    }


@pytest.fixture(scope="module")
def connection(server: Server) -> Iterator[Connection]:
    """One connection for all conversions: each of them rolls back what it did."""
    name = f"conversions_{os.getpid()}"
    with postgres.connect(server.create_database(name, "template_empty")) as connection:
        yield connection
        connection.rollback()
    server.drop_database(name)


@pytest.fixture
def convert(connection: Connection, tmp_path: Path) -> Convert:
    """A function: an export (or its text, or bytes) -> the manifest of its backup."""
    numbers = iter(range(10_000))

    def convert(content: object) -> Manifest:
        path = tmp_path / "export.json"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, encoding="utf-8")
        folder = tmp_path / f"folder {next(numbers)}"
        try:
            return backup.convert_json(path, folder, connection=connection)
        except MotomindError:
            assert not folder.exists(), "a refused file leaves nothing"
            raise

    return convert


def refused(convert: Convert, content: object) -> str:
    with pytest.raises(Refused) as raised:
        convert(content)
    assert raised.value.exit_code == 3
    assert "\n" not in str(raised.value) and len(str(raised.value)) < 600
    return str(raised.value)


def with_fuel(**fields: object) -> dict[str, Any]:
    content = export()
    content["legacy_events"]["fuel_logs"] = [dict(FUEL), {**FUEL, "id": VEHICLE, **fields}]
    return content


def test_ten_objects_are_there_and_25_absent(convert: Convert) -> None:
    held = convert(export())
    assert held.object("fuel_logs").rows == 1
    assert held.object("reminders").rows == 0
    assert len(held.absent()) == 25 and "memberships" in held.absent()
    assert held.object("memberships").rows is None
    assert "the file has no" in held.object("fuel_logs").reason


def test_the_target_is_left_as_it_was(convert: Convert, connection: Connection) -> None:
    before = "SELECT count(*) FROM pg_class"
    count = postgres.value(connection, before)
    convert(export())
    assert postgres.value(connection, before) == count


def test_the_original_shape_and_back(
    sample_database: str, convert: Convert, tmp_path: Path
) -> None:
    held = backup.take_backup(sample_database, tmp_path / "backup")
    text = backup.write_json_file(tmp_path / "backup", tmp_path / "all.json").read_text(
        encoding="utf-8"
    )
    for item in convert(text).tables():
        original = held.object(item.name)
        assert (item.rows, item.fingerprint) == (original.rows, original.fingerprint)
        assert item.columns == original.columns
        for kind in ("check", "primary key", "foreign key", "index"):
            assert item.texts(kind) == original.texts(kind)


def test_real_logs_come_back_as_they_were(convert: Convert, tmp_path: Path) -> None:
    text = json.dumps(real_logs.export())
    held = convert(text)
    assert held.rows() == 1489
    written = backup.write_json_file(tmp_path / "folder 0", tmp_path / "again.json")
    assert json.loads(written.read_text(encoding="utf-8")) == json.loads(text)


def test_without_a_connection_it_starts_its_own_server(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(export()))
    held = backup.convert_json(path, tmp_path / "folder")
    assert backup.verify_backup(tmp_path / "folder") == held


WRONG_FIELDS = [
    ({"total_amount": "12.5"}, "fuel_logs row 2, column total_amount: expected a number, found a"),
    ({"total_amount": True}, "column total_amount: expected a number, found true or false"),
    ({"total_amount": None}, "column total_amount: expected a value of type numeric(10,2), fou"),
    ({"total_amount": 1e12}, "fuel_logs row 2, column total_amount: expected a row as the legacy"),
    ({"total_amount": -1}, "fuel_logs row 2: expected a row as the legacy table takes it"),
    ({"odometer_reading": 12.5}, "column odometer_reading: expected a whole number, found the nu"),
    ({"odometer_reading": 10**10}, "fuel_logs row 2, column odometer_reading: expected a row as"),
    ({"id": "not-an-id"}, "fuel_logs row 2, column id: expected an id (uuid), found 'not-an-id'"),
    ({"id": FUEL["id"].replace("-", "")}, "column id: expected an id (uuid)"),  # type: ignore[attr-defined]
    ({"id": FUEL["id"]}, "fuel_logs row 2: expected a row as the legacy table takes it, found dup"),
    ({"date": "today"}, "fuel_logs row 2, column date: expected a date like 2025-09-26"),
    ({"date": "2025-02-30"}, "fuel_logs row 2, column date: expected a row as the legacy table"),
    ({"date": 20250101}, "fuel_logs row 2, column date: expected a text, found the number"),
    ({"time": "noon"}, "column time: expected a time of day like 06:55:00, found 'noon'"),
    ({"created_at": "now"}, "column created_at: expected a time like"),
    ({"is_verified": "yes"}, "column is_verified: expected true or false, found a text"),
    ({"tags": "a"}, "column tags: expected a list, found a text"),
    ({"tags": [1]}, "column tags: expected a text, found the number 1"),
    ({"currency": "DOLLARS"}, "fuel_logs row 2, column currency: expected a row as the legacy"),
    ({"source": "guess"}, "fuel_logs row 2: expected a row as the legacy table takes it, found n"),
    ({"notes": "a\x00b"}, "column notes: expected text without the character U+0000"),
    ({"notes": "\ud800"}, "column notes: expected text in Unicode, found half of a surrogate"),
    ({"notes": {"a": 1}}, "column notes: expected a text, found an object"),
    ({"colour": "red"}, "fuel_logs row 2, column colour: expected a column of this object"),
    ({"ocr_data": {"a": "\x00"}}, "fuel_logs row 2, column ocr_data: expected a row as"),
]


@pytest.mark.parametrize(("fields", "message"), WRONG_FIELDS)
def test_a_wrong_value_is_named(convert: Convert, fields: dict[str, Any], message: str) -> None:
    assert message in refused(convert, with_fuel(**fields))


def test_a_row_without_a_required_column(convert: Convert) -> None:
    content = export()
    del content["vehicles"][0]["display_name"]
    assert (
        "vehicles row 1, column display_name: expected a value of type text, found no such key"
        in (refused(convert, content))
    )


@pytest.mark.parametrize(
    ("column", "held", "expected"),
    [
        ("total_amount", 45.678, "a number with 2 decimals at most, found the number 45.678"),
        ("gallons", 1e-4, "a number with 3 decimals at most, found the number 0.0001"),
        ("location_lat", 45.52314411999, "a number with 8 decimals at most"),
        ("date", "2025-09-26T23:59:59-08:00", "a date like 2025-09-26"),
        ("time", "06:55:00+05:00", "a time of day like 06:55:00"),
        ("time", "06:55 PM", "a time of day like 06:55:00"),
        ("time", "06:55:00.1234567", "a time of day like 06:55:00"),
        ("created_at", "2025-09-26T12:00:00.1234567+00:00", "a time like 2025-09-26T12:00"),
        ("created_at", "2025-09-26 noon", "a time like 2025-09-26T12:00"),
    ],
)
def test_what_the_server_would_cut_or_round_is_refused(
    convert: Convert, column: str, held: object, expected: str
) -> None:
    message = refused(convert, with_fuel(**{column: held}))
    assert f"fuel_logs row 2, column {column}: expected {expected}" in message


@pytest.mark.parametrize(
    ("column", "held"),
    [
        ("total_amount", 45.6),
        ("location_lat", 45.52314411),
        ("date", "0044-03-15 BC"),
        ("time", "24:00:00"),
        ("time", "06:55:00.1234560"),
        ("created_at", "-infinity"),
        ("created_at", "2025-09-26 12:00:00.123456+05:30"),
        ("created_at", "2025-09-26T12:00:00Z"),
    ],
)
def test_exact_values_are_taken_as_they_are(convert: Convert, column: str, held: object) -> None:
    assert convert(with_fuel(**{column: held})) is not None


def test_an_orphan_is_named_by_its_key(convert: Convert) -> None:
    message = refused(convert, with_fuel(vehicle_id=TENANT))
    assert message.startswith("fuel_logs, fuel_logs_vehicle_id_fkey: expected a row that each row")
    assert TENANT in message


def damaged(old: str, new: str) -> str:
    text = json.dumps(export())
    assert old in text
    return text.replace(old, new, 1)


WRONG_FILES = [
    ("[]", "expected '{', found '['"),
    ("", "expected '{', found the end of the file"),
    ("\ufeff{}", "found no timestamp, no legacy_events, no tenants"),
    (damaged('"tenants": [', '"tenants": null, "x": ['), "tenants: expected '[', found 'n'"),
    (damaged('"users": []', '"users": {}'), "users: expected '[', found '{'"),
    (damaged('"users": []', '"users": [7]'), "users row 1: expected a row, which begins with '{'"),
    (damaged('"users": [], ', ""), "found no users"),
    (damaged('"users": [], ', '"users": [], "users": [], '), "found the key 'users' twice"),
    (damaged('"users": [], ', '"users": [], "memberships": [], '), "found the key 'memberships'"),
    (damaged('"reminders": []}', '"reminders": []} x'), "expected the end of the file, found 'x'"),
    (damaged("12.5", "NaN"), "fuel_logs row 1, column total_amount: expected JSON, found NaN"),
    (damaged("12.5", "-Infinity"), "fuel_logs row 1, column total_amount: expected JSON, found -I"),
    (damaged("12.5", '12.5, "date": 1'), "fuel_logs row 1: expected each key once, found key 'd"),
    (damaged("12.5", "+12.5"), "fuel_logs row 1, column total_amount: expected JSON"),
    (damaged("12.5", '{"a": 1, "a": 2}'), "column total_amount: expected each key once"),
    (damaged("12.5", "[" * 100_000), "fuel_logs row 1, column total_amount: expected values of so"),
    (damaged('"Truck"', '"Tru\nck"'), "vehicles row 1, column display_name: expected JSON"),
    (json.dumps(export())[:-400], "expected JSON to its end, found the end of the file"),
    (
        damaged("2025-09-26T12:00:00.000Z", "").replace('"timestamp": ""', '"timestamp": 5'),
        "expected the key timestamp with a text",
    ),
]


@pytest.mark.parametrize(("text", "message"), WRONG_FILES)
def test_a_damaged_file_is_refused(convert: Convert, text: str, message: str) -> None:
    assert message in refused(convert, text)


def test_bytes_that_are_no_text(convert: Convert) -> None:
    data = json.dumps(export()).encode().replace(b"Truck", b"Tr\xffck")
    assert "expected a file in UTF-8" in refused(convert, data)


def test_a_200_mb_text_is_refused(convert: Convert) -> None:
    text = damaged('"Truck"', '"' + "x" * 200_000_000 + '"')
    message = refused(convert, text)
    assert message.startswith("vehicles row 1, column display_name: expected at most")


def test_a_long_text_is_taken(convert: Convert, tmp_path: Path) -> None:
    notes = "é\n" * 1_000_000
    held = convert(with_fuel(notes=notes))
    assert held.object("fuel_logs").rows == 2
    written = backup.write_json_file(tmp_path / "folder 0", tmp_path / "again.json")
    found = json.loads(written.read_text(encoding="utf-8"))["legacy_events"]["fuel_logs"]
    assert notes in [row["notes"] for row in found]


def test_numbers_keep_every_digit(convert: Convert, tmp_path: Path) -> None:
    text = json.dumps(with_fuel(ocr_data={"n": "DIGITS", "m": "EXPONENT"}))
    digits = "123456789012345678901234567890.12345678901234567890"
    text = text.replace('"DIGITS"', digits).replace('"EXPONENT"', "1.50")
    convert(text)
    written = backup.write_json_file(tmp_path / "folder 0", tmp_path / "again.json")
    assert digits in written.read_text() and '"m": 1.50' in written.read_text()


def test_a_changed_byte_never_crashes(convert: Convert) -> None:
    """Whatever a byte turns into, the file is taken or refused in one line."""
    whole = json.dumps(with_fuel(notes="né", tags=["a"], ocr_data={"a": [1]})).encode()
    for seed in range(int(os.environ.get("MOTOMIND_FUZZ", "40"))):
        chance, data = random.Random(seed), bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        try:
            convert(bytes(data))
        except Refused as error:
            assert "\n" not in str(error)


def complete(content: dict[str, Any], rows: int = 2) -> dict[str, Any]:
    """An export whose fuel logs have every key, and as many rows as wanted."""
    names = [column.name for column in catalog.objects()["fuel_logs"].columns]
    logs = content["legacy_events"]["fuel_logs"]
    full = dict.fromkeys(names) | {"payment_method": None, "is_verified": True} | logs[0]
    moment = {"created_at": "2025-09-26T12:00:00+00:00", "updated_at": "2025-09-26 12:00:00Z"}
    full |= moment | {"currency": "USD", "tags": []}
    content["legacy_events"]["fuel_logs"] = [
        {**full, "id": f"00000000-0000-4000-8000-{number:012}"} for number in range(rows)
    ]
    return content


def suspected(held: Manifest, name: str = "fuel_logs") -> list[tuple[str, str, str]]:
    """Subject, expected and found of the warnings on one object."""
    found = [
        item for item in profile.incomplete_export_findings(held) if item.subject.startswith(name)
    ]
    assert {item.status for item in found} <= {"warn"}
    assert {item.check for item in found} <= {"export is complete"}
    return [(item.subject, item.expected, item.found) for item in found]


def test_rows_with_all_keys_and_zones_are_not_suspected(convert: Convert) -> None:
    assert suspected(convert(complete(export()))) == []


@pytest.mark.parametrize(("rows", "said"), [(999, []), (1001, []), (1000, ["1,000 rows"])])
def test_exactly_1000_rows_are_suspected(convert: Convert, rows: int, said: list[str]) -> None:
    assert [text for _, _, text in suspected(convert(complete(export(), rows)))] == said


def test_no_rows_where_the_documents_count_some_are_suspected(convert: Convert) -> None:
    held = convert(export())
    assert suspected(held, "service_records") == [
        ("service_records", "6 rows, as documented", "0 rows")
    ]
    assert "0 rows" not in {text for _, _, text in suspected(held, "tenants")}
    assert suspected(held, "memberships") == [], "absent is told elsewhere, and is not empty"


def test_a_key_that_some_row_lacks_is_suspected(convert: Convert) -> None:
    content = complete(export(), 5)
    for number in (1, 3):
        del content["legacy_events"]["fuel_logs"][number]["notes"]
    del content["legacy_events"]["fuel_logs"][2]["gallons"]
    held = convert(content)
    assert sorted(suspected(held)) == [
        ("fuel_logs.gallons", "the key in every row", "1 without"),
        ("fuel_logs.notes", "the key in every row", "2 without"),
    ]
    details = {item.subject: item.detail for item in profile.incomplete_export_findings(held)}
    assert details["fuel_logs.notes"] == "taken as NULL; the first is row 2 of the file"


def test_keys_that_no_row_has_are_told_once(convert: Convert) -> None:
    content = complete(export(), 3)
    for row in content["legacy_events"]["fuel_logs"]:
        del row["notes"], row["tags"]
    held = convert(content)
    assert suspected(held) == [("fuel_logs", "every key in some row", "2 in none")]
    assert held.object("fuel_logs").reason in (
        "the file has no notes, tags",
        "the file has no tags, notes",
    )


@pytest.mark.parametrize(
    ("moment", "is_suspected"),
    [
        ("2025-09-26T12:00:00", True),
        ("2025-09-26 12:00", True),
        ("2025-09-26", True),
        ("2025-09-26T12:00:00.5 BC", True),
        ("2025-09-26T12:00:00Z", False),
        ("2025-09-26 12:00:00.5+05:30", False),
        ("2025-09-26T12:00:00-08", False),
        ("2025-09-26T12:00:00+00 BC", False),
        ("infinity", False),
        (None, False),
    ],
)
def test_a_time_without_a_zone_is_suspected(
    convert: Convert, moment: str | None, is_suspected: bool
) -> None:
    content = complete(export(), 3)
    content["legacy_events"]["fuel_logs"][1]["updated_at"] = moment
    found = suspected(convert(content))
    wanted = [("fuel_logs.updated_at", "times with their zone", "1 without")]
    assert found == (wanted if is_suspected else [])


def test_what_is_suspected_stays_with_the_backup(convert: Convert, tmp_path: Path) -> None:
    held = convert(with_fuel())
    assert held.losses
    assert backup.read_manifest(tmp_path / "folder 0").losses == held.losses


def test_a_database_is_not_suspected(sample_database: str, tmp_path: Path) -> None:
    held = backup.take_backup(sample_database, tmp_path / "backup")
    assert held.losses == () and profile.incomplete_export_findings(held) == []


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(
        [
            "notes",
            "tags",
            "ocr_data",
            "total_amount",
            "date",
            "time",
            "id",
            "is_verified",
            "odometer_reading",
            "created_at",
        ]
    ),
    JSON_VALUES,
)
def test_any_value_is_taken_or_named(convert: Convert, column: str, value: object) -> None:
    try:
        convert(json.dumps(with_fuel(**{column: value})))
    except Refused as error:
        assert "fuel_logs row 2" in error.subject
