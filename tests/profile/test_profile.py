"""The profile: what it counts, finds in the traps and hides, and that it only reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd
import pytest
from conftest import in_shared
from loads import MANIFESTS, staged_template
from planted import FAULTS, plant

from motomind_nb import load, profile
from motomind_nb.backup import Manifest
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Server
from motomind_nb.postgres.queries import compose
from motomind_nb.profile import (
    Rules,
    constraints,
    documents,
    exposure,
    objects,
    references,
)
from motomind_nb.profile.columns import distributions, fabricated, values
from motomind_nb.profile.columns.distributions import MEASURES
from motomind_nb.profile.columns.masks import masked
from motomind_nb.profile.columns.values import estimate


@dataclass(frozen=True)
class Staged:
    connection: Connection
    manifest: Manifest


@pytest.fixture(params=["sample", "traps"])
def staged(request: pytest.FixtureRequest, server: Server) -> Iterator[Staged]:
    with in_shared(server, staged_template(server, request.param)) as connection:
        yield Staged(connection, MANIFESTS[request.param])


only = pytest.mark.parametrize
SAMPLE = only("staged", ["sample"], indirect=True)
TRAPS = only("staged", ["traps"], indirect=True)


def row(frame: pd.DataFrame, **values: object) -> dict[str, object]:
    """The one row of a frame with these values."""
    for name, value in values.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1, values
    return frame.iloc[0].to_dict()


def run(staged: Staged, statement: str) -> None:
    staged.connection.execute(statement.encode())


def test_all_35_objects_and_all_423_columns_are_there(staged: Staged) -> None:
    known = profile.profile_staged_copy([staged.connection], staged.manifest)
    assert list(known.objects["object"]) == list(catalog.objects())
    assert len(known.columns) == 423
    assert "unknown" not in set(known.columns["fate"])


@SAMPLE
def test_rows_are_exact_and_the_last_change_is_the_newest_of_the_tables_own_times(
    staged: Staged,
) -> None:
    found = objects.objects(staged.connection, staged.manifest)
    assert row(found, object="vehicle_generations")["rows"] == 14
    assert row(found, object="service_records")["rows"] == 6
    newest = staged.connection.execute(
        "SELECT max(greatest(created_at, updated_at))::date::text FROM legacy.vehicles"
    ).fetchone()
    assert newest and row(found, object="vehicles")["last_change"] == newest[0]
    assert row(found, object="vehicles")["exposed_to"] == ("anon, authenticated: by policy")
    assert "all rows" in str(row(found, object="users")["exposed_to"])
    assert row(found, object="service_records")["exposed_to"] == ""


def test_every_number_of_the_columns_is_what_a_plain_query_counts(staged: Staged) -> None:
    columns = values.columns(staged.connection, Rules(show_personal=True))
    for line in columns[columns["rows"].notna()].to_dict("records"):
        query = compose(
            "SELECT count(*), count(*) - count({c}), count(DISTINCT {c}::text) FROM {t}",
            c=line["column"],
            t=("legacy", line["object"]),
        )
        counted = staged.connection.execute(query).fetchone()
        assert (line["rows"], line["nulls"], line["distinct"]) == counted, line
        assert line["basis"] == "exact"


@SAMPLE
def test_a_column_is_only_known_to_be_full_by_a_rule_that_was_checked(staged: Staged) -> None:
    if staged.connection.info.server_version < 180000:
        pytest.skip("before 18 the server checks NOT NULL on all rows at once")
    run(staged, "ALTER TABLE legacy.vehicles ALTER make DROP NOT NULL")
    run(
        staged,
        "UPDATE legacy.vehicles SET make = NULL"
        " WHERE model = (SELECT min(model) FROM legacy.vehicles)",
    )
    run(staged, "ALTER TABLE legacy.vehicles ADD NOT NULL make NOT VALID")
    line = row(values.columns(staged.connection), object="vehicles", column="make")
    counted = staged.connection.execute("SELECT count(*) - count(make) FROM legacy.vehicles")
    assert counted.fetchone() == (line["nulls"],) and line["nulls"] != 0


@SAMPLE
def test_shares_of_a_sample_are_those_of_the_rows(staged: Staged) -> None:
    run(
        staged,
        "CREATE TABLE legacy.many AS SELECT i AS id, 'USD' AS one, 'A-' || i AS form,"
        " CASE WHEN i % 10 = 0 THEN 'N/A' ELSE 'v' || i END AS two,"
        " jsonb_build_object('k' || i, 1, 'jane.roe@example.org', i) AS data,"
        " repeat('n ', 31) || 'see jon.doe@gmail.com' || repeat(' z', 40) || i AS note,"
        " DATE '10000-01-01' AS later, '-0'::float8 AS zero"
        " FROM generate_series(1, 20000) AS i",
    )
    columns = values.columns(staged.connection)
    columns = columns[columns["object"] == "many"].set_index("column")
    assert columns["typical_values"]["one"] == "USD (100%)"
    assert columns["forms"]["form"] == "A-9 (100%)"
    shares = dict(re.findall(r"(\S+) \((\d+)%\)", columns["forms"]["two"]))
    assert 80 < int(shares["a9"]) < 98 and 2 < int(shares["A/A"]) < 20
    assert columns["json_keys"]["data"].startswith("(e-mail) (100%), k")
    assert re.search(r" and \d+ others$", columns["json_keys"]["data"])
    assert "gmail" not in str(columns.loc["note"].to_dict())
    assert columns["notes"]["later"] == "20,000 after the year 9999"
    assert columns["notes"]["zero"] == ""


@TRAPS
def test_a_sampled_column_is_labelled_and_near_the_truth(staged: Staged) -> None:
    run(
        staged,
        "INSERT INTO legacy.vin_cache (vin, data)"
        " SELECT lpad(i::text, 17, '0'), '{}' FROM generate_series(1, 6000) AS i",
    )
    run(staged, "ALTER TABLE legacy.vin_cache ADD COLUMN few text")
    run(staged, "UPDATE legacy.vin_cache SET few = 'value ' || abs(hashtext(vin)) % 40")
    columns = values.columns(staged.connection, Rules(exact_rows=5000, sample_rows=1000))
    key, few = (row(columns, object="vin_cache", column=name) for name in ("vin", "few"))
    assert (key["rows"], key["distinct"], key["basis"]) == (6011, 6011, "exact")
    assert str(few["basis"]).startswith("estimated from ") and 38 <= int(str(few["distinct"])) <= 42
    assert "%)" in str(few["typical_values"])
    assert few["fate"] == "unknown"
    found = profile.profile_findings(
        profile.profile_staged_copy([staged.connection], staged.manifest)
    )
    assert ("column has a fate", "vin_cache.few", "warn") in {
        (item.check, item.subject, item.status) for item in found
    }


def test_the_estimate_is_exact_where_all_is_seen_and_never_beyond_the_rows() -> None:
    seen = {"filled": 100, "distinct_values": 7, "singles": 0}
    assert estimate(seen, 100) == 7
    assert estimate(seen, 10_000) == 7
    assert estimate({"filled": 100, "distinct_values": 100, "singles": 100}, 10_000) == 10_000


def personal_values(staged: Staged) -> set[str]:
    """Every personal text that the staged tables hold."""
    found: set[str] = set()
    for name, column in sorted(catalog.personal_columns()):
        if name in catalog.tables():
            query = compose(
                "SELECT DISTINCT {c}::text FROM {t} WHERE {c} IS NOT NULL",
                c=column,
                t=("legacy", name),
            )
            found |= {value for (value,) in staged.connection.execute(query)}
    return {value for value in found if len(value) > 4}


def test_nothing_personal_is_shown_unless_it_is_asked_for(staged: Staged) -> None:
    personal = personal_values(staged)
    assert len(personal) > 10
    hidden = profile.profile_staged_copy([staged.connection], staged.manifest)
    text = "\n".join(frame.to_csv() for frame in vars(hidden).values())
    text += "\n".join("|".join(map(str, item.row())) for item in profile.profile_findings(hidden))
    assert [value for value in personal if value in text] == []
    assert not re.search(r"\w\w@\w", text)
    shown = values.columns(staged.connection, Rules(show_personal=True)).to_csv()
    assert [value for value in personal if value in shown]


@only(
    ("text", "hidden"),
    [
        ("write to a.b+c@mail.example.org today", "write to (e-mail) today"),
        ("VIN 1HGCM82633A004352 read", "VIN (VIN) read"),
        ("12 North Main Street, Portland", "(address), Portland"),
        ("plate ABC-1234 seen", "plate (plate) seen"),
        ("call 503-555-0199", "call (phone)"),
        ("Ford F150, 2025-01-28, 50000000-0000-4000-8000-000000000001, 52,340", None),
    ],
)
def test_masks_hide_what_is_personal_and_nothing_else(text: str, hidden: str | None) -> None:
    assert masked(text) == (hidden or text)


def test_the_profile_only_reads(staged: Staged) -> None:
    run(staged, "SET TRANSACTION READ ONLY")
    assert profile.profile_findings(
        profile.profile_staged_copy([staged.connection], staged.manifest)
    )


def test_the_same_copy_gives_the_same_profile(staged: Staged) -> None:
    first = profile.profile_staged_copy([staged.connection], staged.manifest)
    again = profile.profile_staged_copy([staged.connection], staged.manifest)
    for name, frame in vars(first).items():
        pd.testing.assert_frame_equal(frame, getattr(again, name))
    assert profile.profile_findings(first) == profile.profile_findings(again)


@SAMPLE
def test_empty_tables_say_why_and_what_names_them(staged: Staged) -> None:
    empty = objects.empty(staged.connection, staged.manifest)
    assert set(empty["object"]) >= {"manual_events", "audit_log", "vehicle_metrics"}
    assert "trigger always fails" in str(row(empty, object="manual_events")["why"])
    assert "refresh_vehicle_health_scores" in str(row(empty, object="audit_log")["named_by"])
    assert set(empty["state"]) == {"empty"}


@SAMPLE
def test_an_absent_object_is_not_called_empty(staged: Staged) -> None:
    run(
        staged,
        "UPDATE audit.source_object SET present = false, rows = NULL"
        " WHERE object = 'memberships'; DROP TABLE legacy.memberships",
    )
    known = profile.profile_staged_copy([staged.connection], staged.manifest)
    assert row(known.empty, object="memberships")["state"] == "absent"
    line = row(known.constraints, object="users", rule="has a tenant")
    assert line["rows"] is None and line["outcome"] == "not checked: memberships is absent"
    findings = profile.profile_findings(known)
    found = {(item.check, item.subject): item for item in findings}
    assert found["object is in the source", "memberships"].status == "warn"
    (unchecked,) = (
        item for item in findings if item.check == "target rule" and item.expected == "checked"
    )
    assert (unchecked.status, unchecked.detail) == ("warn", line["outcome"])
    assert "users: has a tenant: not checked" in unchecked.found


@TRAPS
def test_the_years_stand_against_the_original_partitions(staged: Staged) -> None:
    years = objects.event_rows_by_year(staged.connection)
    assert row(years, object="service_records", year=2028)["original_plan"] == "has none"
    assert row(years, object="vehicle_events", year=2025)["original_plan"] == "has a partition"


def test_miles_and_amounts_are_counted_between_round_borders(staged: Staged) -> None:
    connection = staged.connection
    run(staged, "UPDATE legacy.fuel_logs SET total_amount = 'NaN' WHERE ctid = '(0,1)'")
    found = distributions(connection)
    for measure, (borders, columns) in MEASURES.items():
        part = found[found["measure"] == measure]
        assert set(part["from"].dropna()) == set(borders)
        for name, column in columns.items():
            statement = (
                f"SELECT count(*) FILTER (WHERE {column}::text <> 'NaN') AS n,"
                f" count(*) FILTER (WHERE {column} < 0) AS below,"
                f" count(*) FILTER (WHERE {column} BETWEEN 1 AND 1.99) AS ones"
                f" FROM legacy.{name}"
            )
            truth = connection.execute(statement).fetchone()
            assert truth is not None
            finite, below, ones = truth
            mine = part[part["object"] == name]
            assert mine["rows"].sum() == finite, name
            assert mine[mine["from"].isna()]["rows"].sum() == below, name
            if measure == "amount":
                assert mine[mine["from"] == 1]["rows"].sum() == ones, name


@TRAPS
def test_keys_that_should_hold_and_do_not_are_counted(staged: Staged) -> None:
    keys = references.keys_with_repeats(staged.connection)
    doubled = row(keys, object="vehicle_events", kind="natural")
    assert (doubled["repeated"], doubled["holds"]) == (1, False)
    assert row(keys, object="users", columns="email")["kind"] == "unique"
    large = references.keys_with_repeats(staged.connection, Rules(exact_rows=5))
    assert row(large, object="vehicle_events", kind="natural")["holds"] is None


@TRAPS
def test_references_that_nobody_declared_are_checked_too(staged: Staged) -> None:
    found = references.references_with_orphans(staged.connection)
    lost = row(found, object="tenants", column="plan_name")
    assert (lost["declared"], lost["orphans"], lost["samples"]) == ("", 1, "pilot")
    declared = row(found, object="vehicles", column="garage_id")
    assert (declared["declared"], declared["orphans"]) == ("vehicles_garage_id_fkey", 0)


@TRAPS
def test_a_reference_whose_constraint_was_never_checked_is_no_longer_declared(
    staged: Staged,
) -> None:
    run(staged, "ALTER TABLE legacy.vehicles DROP CONSTRAINT vehicles_garage_id_fkey")
    found = references.references_with_orphans(staged.connection)
    assert "vehicles_garage_id_fkey" not in set(found["declared"])


@SAMPLE
def test_the_sample_breaks_no_rule_of_the_target(staged: Staged) -> None:
    found = constraints.find_rows_breaking_rules(staged.connection)
    broken = found[found["rows"] != 0]
    assert broken.to_dict("records") == []
    assert len(found) > 40


@SAMPLE
@only(("source", "rule"), sorted(FAULTS))
def test_a_planted_fault_breaks_its_rule(staged: Staged, source: str, rule: str) -> None:
    plant(staged.connection, source, rule)
    line = row(constraints.find_rows_breaking_rules(staged.connection), object=source, rule=rule)
    assert int(str(line["rows"])) > 0
    assert line["samples"]


def test_every_rule_has_a_planted_fault() -> None:
    assert set(FAULTS) == {
        (file.source.replace("event_ids", "event tables"), rule.name)
        for file in load.rule_files()
        for rule in file.rules
        if rule.shown
    }


@TRAPS
def test_made_up_values_are_named_as_such(staged: Staged) -> None:
    found = fabricated(staged.connection)
    assert int(str(row(found, object="vehicles", column="year")["rows"])) == 4
    assert row(found, object="vehicles", column="updated_at")["value"] == "before 1971"


def test_documents_and_catalog_are_compared() -> None:
    found = documents.compare_documents_with_catalog()
    assert list(found[~found["agree"].astype(bool)]["statement"]) == [
        "views removed",
        "materialized views removed",
        "tables folded into the events",
        "objects after",
    ]


def test_the_source_is_shown_as_open_as_it_is(staged: Staged) -> None:
    found = exposure.exposure(staged.manifest)
    problem = {line["object"]: str(line["problem"]) for line in found.to_dict("records")}
    off = {name for name, text in problem.items() if "security is off" in text}
    assert off == {
        "users",
        "memberships",
        "plan_limits",
        "vin_cache",
        "schema_migrations",
        "vehicles_naming_backup",
        "audit_log",
    }
    assert problem["vehicle_images"].count("everybody read and change all rows") == 2
    assert "app.current_tenant_id" in problem["fuel_logs"]
    assert "raises an error" in problem["fuel_logs"]
    for name in ("odometer_readings", "service_records"):
        assert problem[name].startswith("row level security without any policy")
    assert sum("owner's rights, past" in text for text in problem.values()) == 9
    assert problem["garages"].endswith("raises an error where the setting is not set")
    assert problem["reminders"] == problem["vehicles"] == ""
    assert row(found, object="vehicles")["policies"] == 4


@SAMPLE
def test_a_source_that_tells_no_grants_is_not_called_closed(staged: Staged) -> None:
    mute = replace(
        staged.manifest,
        objects=tuple(replace(item, definitions=()) for item in staged.manifest.objects),
    )
    known = profile.profile_staged_copy([staged.connection], mute)
    assert set(known.objects["exposed_to"]) <= {"unknown", ""}
    found = [item for item in profile.profile_findings(known) if item.check == "source is closed"]
    assert [(item.subject, item.found, item.status) for item in found] == [
        ("all objects", "unknown", "warn")
    ]


def test_findings_warn_and_never_fail(staged: Staged) -> None:
    found = profile.profile_findings(
        profile.profile_staged_copy([staged.connection], staged.manifest)
    )
    assert {item.status for item in found} == {"ok", "note", "warn"}
    noted = {item.check for item in found if item.status == "note"}
    assert noted == {"documents agree with the catalog", "years fit the partitions"}
    keys = [(item.check, item.subject) for item in found]
    assert len(keys) == len(set(keys))
    assert all(item.detail for item in found if item.status == "warn")


@TRAPS
def test_the_findings_name_every_trap_of_the_data(staged: Staged) -> None:
    found = [
        item
        for item in profile.profile_findings(
            profile.profile_staged_copy([staged.connection], staged.manifest)
        )
        if item.status in ("warn", "note")
    ]
    odd, rule = "values are well formed", "target rule"
    for check, status, trap, said in (
        (rule, "warn", "users: has a tenant", "quarantined"),
        (rule, "warn", "users: belongs to one tenant", "all memberships are kept"),
        ("references point at something", "warn", "plan_limits.plan_name", "pilot"),
        (rule, "warn", "garage is of the same tenant: 1 row", "quarantined"),
        (rule, "warn", "payload is an object: 2 rows", "quarantined"),
        (rule, "warn", "amounts are numbers", "loaded as written"),
        (rule, "warn", "document states no miles", "without a part in the mileage"),
        (rule, "warn", "id is used once", "the later source gets a new id"),
        (rule, "warn", "vehicle_events: date is not far ahead: 1 row", "with a warning"),
        (rule, "warn", "reminders: tenant is the vehicle's: 1 row", "quarantined"),
        (rule, "warn", "vehicle_images: tenant is the vehicle's: 1 row", "quarantined"),
        ("years fit the partitions", "note", "service_records: 5 rows", "the rebuilt schema"),
        ("years fit the partitions", "note", "infinity", "the rebuilt schema"),
        (odd, "warn", "vehicles.baseline_fuel_mpg: 1;", "NaN or infinity"),
        (odd, "warn", "garages.lat: 2;", "NaN or infinity"),
        (odd, "warn", "reminders.due_date: 2;", "before 1971"),
        (odd, "warn", "reminders.due_date: 2;", "after the year 9999"),
        (odd, "warn", "tenants.updated_at: 1;", "after the year 9999"),
        ("values are facts", "warn", "tenants.created_at = before 1971: 1 row", "carried over"),
        ("values are facts", "warn", "vehicles.year = 2020: 4 rows", "carried over"),
        ("documented as empty", "warn", "uploads: 1 row", "archived"),
        ("references point at something", "warn", "vehicles_naming_backup.id", "not declared"),
    ):
        assert any(
            (item.check, item.status) == (check, status)
            and trap in f"{item.subject}: {item.found}"
            and said in item.detail
            for item in found
        ), (check, trap, said)


@SAMPLE
def test_a_megabyte_of_text_is_cut_and_still_told_apart(staged: Staged) -> None:
    run(staged, "UPDATE legacy.garages SET address = repeat('x', 1000000) || id::text")
    line = row(values.columns(staged.connection), object="garages", column="address")
    assert line["distinct"] == 4
    assert len(str(line["lowest"])) <= 200 and len(str(line["typical_values"])) < 600


# by type: what a column can hold in every row that is no ordinary value
NOTHING_BUT = {
    "date": ("infinity", "-infinity", "0753-04-21 BC", "12345-06-07"),
    "timestamp with time zone": ("infinity", "-infinity", "0753-04-21 06:00:00+00 BC"),
    "time without time zone": ("24:00:00", "00:00:00"),
    "numeric": ("NaN", "-0", "-0.5"),
    "double precision": ("NaN", "Infinity", "-Infinity", "-0"),
    "text": ("", " "),
    "jsonb": ("null", "1e400", "[]"),
}


@SAMPLE
@only("turn", range(max(map(len, NOTHING_BUT.values()))))
def test_columns_that_hold_one_odd_value_and_nothing_else_stop_nothing(
    staged: Staged, turn: int
) -> None:
    tables = [name for name, item in catalog.objects().items() if item.kind == "table"]
    found = staged.connection.execute(
        "SELECT attrelid::regclass::text, attname, format_type(atttypid, NULL) FROM pg_attribute"
        " WHERE attrelid = ANY (SELECT ('legacy.' || unnest(%s::text[]))::regclass)"
        " AND attnum > 0 AND NOT attisdropped AND NOT EXISTS (SELECT FROM pg_index"
        " WHERE indrelid = attrelid AND indisunique AND attnum = ANY (indkey::smallint[]))"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = attrelid AND contype = 'f'"
        " AND attnum = ANY (conkey))",
        (tables,),
    ).fetchall()
    filled: dict[str, str] = {}
    for table, column, kind in found:
        if kind in NOTHING_BUT:
            text = NOTHING_BUT[kind][turn % len(NOTHING_BUT[kind])]
            run(staged, f"UPDATE {table} SET {column} = '{text}'")
            filled[f"{table.removeprefix('legacy.')}.{column}"] = text
    assert len(filled) > 100
    known = profile.profile_staged_copy([staged.connection], staged.manifest)
    assert profile.profile_findings(known)
    for name in ("vehicles.deleted_at", "fuel_logs.date"):
        table, _, column = name.partition(".")
        line = row(known.columns, object=table, column=column)
        assert line["lowest"] == line["highest"] and line["lowest"] in filled[name], name
