"""Failures below what explains them: nothing is left out, and nothing of others is put there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import report_example as example

from motomind_nb import report
from motomind_nb.core import tables
from motomind_nb.report.findings import causes

LOST, MOVED, OTHER = (f"b7000000-0000-4000-8000-00000000000{place}" for place in (1, 2, 3))
CAR = "c4000000-0000-4000-8000-000000000009"
COLUMNS = ("stage", "check", "subject", "expected", "found", "detail", "rows")
ALTERED = "public.garages: trigger"
# in the order of the page; the lines of each group, the first explains the others
FINDINGS = [
    ("row_counts", "rows missing", "fuel_logs", "all", "1 row missing", LOST, "1"),
    ("row_counts", "mileage equal", "readings lost", "all", "1 vehicle", f"vehicle {CAR}", "1"),
    ("row_counts", "columns", "service_records.date", "as it was", "1 row", MOVED, "1"),
    ("row_counts", "columns", "vehicles.notes", "as it was", "1 row", OTHER, "1"),
    ("row_counts", "staged", "fuel_logs", "2 rows, sum 1", "2 rows, sum 2", "", "0"),
    ("architecture", "schema as built", ALTERED, "on", "off", "altered row_9", "0"),
    ("architecture", "schema as built", "public.garages: grant", "api: SELECT", "none", "", "0"),
    ("architecture", "schema as built", "public.reminders: relation", "table", "none", "", "0"),
    ("architecture", "schema as built", "public.reminders: policy", "one", "none", "lost", "0"),
    ("architecture", "trigger off", "public.garages row_9", "enabled", "off", "", "0"),
    ("architecture", "rights", "public.garages SELECT api", "yes", "no", "grant", "0"),
    ("architecture", "proof", "a garage is seen (rebuilt)", "1", "0", "FROM garages", "0"),
    ("row_counts", "lineage", "fuel_logs: leads nowhere", "one", "1 row", CAR[:-1] + "1", "1"),
    ("row_counts", "totals", "fuel_logs.gallons", "9", "0", "", "0"),
    ("row_counts", "totals", "vehicles.year", "2000", "1999", "", "0"),
    ("row_counts", "second mapping", "service_records: rows", "6 rows", "5 rows", "", "0"),
    ("row_counts", "second mapping", "vehicles.notes: notes", "sum 1", "sum 2", "", "0"),
]
GROUPS = [[0, 1, 13], [2, 15], [3, 16], [4], [5, 9], [6, 10], [7, 8], [11], [12], [14]]


def findings() -> pd.DataFrame:
    frame = pd.DataFrame(FINDINGS, columns=list(COLUMNS), dtype=object)
    return frame.assign(status="fail", accepted="")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tables.write_csv(tmp_path / "findings.csv", findings())
    heads = ["table_name", "kind", "source", "id", "source_id", "column_name", "before", "after"]
    rows = [
        ("vehicle_events", "missing", "fuel_logs", LOST, LOST, "", "", ""),
        ("vehicle_events", "changed", "service_records", MOVED, MOVED, "date", "", ""),
        ("vehicles", "changed", "vehicles", OTHER, OTHER, "notes", "", ""),
    ]
    tables.write_csv(tmp_path / "differences.csv", pd.DataFrame(rows, columns=heads))
    vehicle = example.mileage().head(1).assign(vehicle_id=CAR, equal=False, source_id=LOST)
    tables.write_csv(tmp_path / "mileage.csv", vehicle)
    return tmp_path


def grouped(folder: Path) -> list[list[int]]:
    listed = findings().to_dict("records")
    return causes.group(listed, folder, tables.read_csv(folder / "mileage.csv"))


def test_each_failure_stands_below_what_names_the_same_rows_or_object(folder: Path) -> None:
    assert grouped(folder) == GROUPS


def test_what_counts_rows_that_no_other_names_stays_alone(folder: Path) -> None:
    (folder / "mileage.csv").unlink()
    found = grouped(folder)
    assert [1] not in GROUPS and [1] in found
    assert sorted(place for places in found for place in places) == list(range(len(FINDINGS)))


def test_the_page_tells_each_cause_once_and_every_failure(folder: Path) -> None:
    page = report.write_report(folder).read_text()
    section = page.partition('id="findings-section"')[2].partition("</section>")[0]
    assert section.count("<tr>") == 1 + len(GROUPS)
    assert section.count("<li>") == len(FINDINGS) - len(GROUPS)
    assert "17 failures in 10 lines, by what explains them" in section
    assert "2 more findings that this explains: mileage equal, totals" in section
    assert "rights: public.garages SELECT api: expected yes, found no; grant" in section


POLICY = "AS PERMISSIVE FOR {} TO {} USING ((tenant_id = private.current_tenant()))"
BROKEN = "refused (54001, statement too complex): stack depth limit exceeded"
TRIED = "granted, but refused when tried"
BODY = "private.current_tenant(): body"
DENIED = "refused (42501, insufficient privilege): permission denied for"
LIVE = ("garages, reminders, users", "garages, users")
CUSTOMER = "authenticated"
# a definition that differs (subject, expected, found), a right or a proof (check, subject,
# expected, found), and whether the second follows from the first
LINKS = [
    # a function that the policies of the table call, and one that only a trigger calls
    ((BODY, "a", "b"), ("rights", "public.users INSERT authenticated", "yes", TRIED), True),
    ((BODY, "a", "b"), ("rights", "public.timeline_feed SELECT authenticated", "yes", TRIED), True),
    ((BODY, "a", "b"), ("rights", "public.users INSERT service_role", "yes", TRIED), False),
    ((BODY, "a", "b"), ("rights", "public.users DELETE anon", "no", "yes"), False),
    ((BODY, "a", "b"), ("proof", "a tenant reads its own row (rebuilt)", "1", BROKEN), True),
    ((BODY, "a", "b"), ("proof", "a tenant reads its own row (original)", "1", BROKEN), False),
    ((BODY, "a", "b"), ("proof", "the year 3 (rebuilt)", "refused (23514, check)", "0"), False),
    (
        ("private.text_fault(payload jsonb, keys text[], subject text): body", "a", "b"),
        ("proof", "a fuel event with negative gallons (rebuilt)", "refused (P0001, x)", "INSERT"),
        True,
    ),
    # a trigger that is gone refuses nobody; what it should have refused went through
    (
        ("public.users: trigger", "t: CREATE TRIGGER t BEFORE INSERT ON public.users", "none"),
        ("proof", "a user with claims alone (rebuilt)", "1", BROKEN),
        False,
    ),
    (
        ("public.garages: trigger", "t: CREATE TRIGGER t BEFORE INSERT OR UPDATE ON g", "none"),
        ("proof", "audit trail: who made a garage, as its user says (rebuilt)", "NULL", "a0"),
        True,
    ),
    (
        ("public.garages: trigger", "t: CREATE TRIGGER t BEFORE DELETE ON public.garages", "none"),
        ("proof", "audit trail: who made a garage, as its user says (rebuilt)", "NULL", "a0"),
        False,
    ),
    # a policy counts for its command and its role
    (
        ("public.tenants: policy", f"p: {POLICY.format('SELECT', CUSTOMER)}", "none"),
        ("proof", "a tenant reads its own row (rebuilt)", "1", "0"),
        True,
    ),
    (
        ("public.tenants: policy", f"p: {POLICY.format('SELECT', 'service_role')}", "none"),
        ("proof", "a tenant reads its own row (rebuilt)", "1", "0"),
        False,
    ),
    (
        ("public.garages: policy", f"p: {POLICY.format('ALL', 'public')}", "none"),
        ("proof", "a tenant reads its own row (rebuilt)", "1", "0"),
        False,
    ),
    # a grant gives its command to its role; one on a base table works through a view
    (
        ("public.reminders: grant", "none", "anon: SELECT"),
        ("rights", "public.reminders SELECT anon", "no", "yes"),
        True,
    ),
    (
        ("public.reminders: grant", "none", "anon: SELECT"),
        ("rights", "public.reminders SELECT authenticated", "yes", "no"),
        False,
    ),
    (
        ("public.vehicle_events: grant", "authenticated: SELECT", "none"),
        ("rights", "public.vehicle_current_mileage SELECT authenticated", "yes", TRIED),
        True,
    ),
    (
        (f"{BODY[:-4]}grant", "authenticated: EXECUTE", "none"),
        ("proof", "a tenant reads its own row (rebuilt)", "1", "refused (42501, no privilege)"),
        True,
    ),
    # an error that names an object is about that one, a right that is not there about its own
    (
        ("public.vehicles: grant", "authenticated: SELECT", "none"),
        ("proof", "an event handed to another tenant (rebuilt)", "1", f"{DENIED} table vehicles"),
        True,
    ),
    (
        ("public.vehicle_events: grant", "authenticated: INSERT", "none"),
        ("proof", "an event handed to another tenant (rebuilt)", "1", f"{DENIED} table vehicles"),
        False,
    ),
    (
        ("public.vehicles: grant", "service_role: SELECT", "none"),
        ("proof", "an event handed to another tenant (rebuilt)", "1", f"{DENIED} table vehicles"),
        False,
    ),
    (
        ("private.timeline", "materialized view", "missing"),
        ("rights", "public.timeline_feed SELECT authenticated", "yes", "missing"),
        False,
    ),
    (
        ("public.timeline_feed", "view", "missing"),
        ("rights", "public.timeline_feed SELECT authenticated", "yes", "missing"),
        True,
    ),
    # a proof that looks into the catalog names what it does not find
    (
        ("public.reminders", "table using heap", "missing"),
        ("proof", "soft delete: indexes that hold only what is not deleted (rebuilt)", *LIVE),
        True,
    ),
    (
        ("public.garages: index", "a: CREATE INDEX a ON garages", "none"),
        ("proof", "soft delete: indexes that hold only what is not deleted (rebuilt)", *LIVE),
        False,
    ),
    # row level security binds everybody but the owner
    (
        ("public.vehicles: row level security", "on", "off"),
        ("proof", "claims for A with the setting for B (rebuilt)", "Van A", "Van A; Van B"),
        True,
    ),
    (
        ("public.vehicles: row level security", "on", "off"),
        ("proof", "a VIN that is none (rebuilt)", "refused (23514, check)", "INSERT"),
        False,
    ),
    (
        ("public.vehicles: constraint", "vin: CHECK (true)", "none"),
        ("proof", "a VIN that is none (rebuilt)", "refused (23514, check)", "INSERT"),
        True,
    ),
]


@pytest.mark.parametrize(("definition", "tried", "follows"), LINKS)
def test_what_was_tried_follows_from_a_definition_that_it_rests_on_and_no_other(
    definition: tuple[str, str, str], tried: tuple[str, str, str, str], follows: bool
) -> None:
    lines = [
        ("architecture", "schema as built", *definition, "altered", "0"),
        ("architecture", *tried, "", "0"),
    ]
    assert groups(lines) == ([[0, 1]] if follows else [[0], [1]])


def groups(lines: list[tuple[str, ...]]) -> list[list[int]]:
    """The groups of findings that come without lists of rows."""
    listed = pd.DataFrame(lines, columns=list(COLUMNS), dtype=object).to_dict("records")
    return causes.group(listed, None, None)


def test_what_an_object_took_along_when_it_went_stands_below_it() -> None:
    view = "view with security_invoker=true"
    lines = [
        ("architecture", "schema as built", "private.check_event()", "x", "missing", "", "0"),
        ("architecture", "schema as built", "private.timeline", "x", "missing", "", "0"),
        ("architecture", "schema as built", "private.timeline_visible", view, "missing", "", "0"),
        ("architecture", "schema as built", "private.visible_vehicle", view, "missing", "", "0"),
        (
            *("architecture", "schema as built", "public.vehicle_events: trigger"),
            *(
                "t: CREATE TRIGGER t EXECUTE FUNCTION private.check_event()",
                "none",
                "missing t",
                "0",
            ),
        ),
        (
            *("architecture", "schema as built", "public.vehicle_events: policy"),
            *("p: USING (private.current_tenant())", "none", "missing p", "0"),
        ),
        ("architecture", "barrier definition", "private.timeline_visible", "x", "absent", "", "0"),
        ("architecture", "trigger off", "public.vehicle_events t", "enabled", "missing", "", "0"),
        ("architecture", "schema as built", "public.ö[d+ <b>", "x", "missing", "", "0"),
    ]
    assert groups(lines) == [[0, 4, 7], [1, 2, 6], [3], [5], [8]]


def test_what_a_partition_loses_with_its_table_stands_below_that_and_its_own_alone() -> None:
    check = ("architecture", "schema as built")
    lines = [
        (*check, "public.vehicle_events: index", "a: CREATE", "none", "missing a", "0"),
        (*check, "public.vehicle_events_default: index", "a: CREATE", "none", "missing a", "0"),
        (*check, "public.vehicle_events_2031: index", "a: CREATE", "none", "missing a", "0"),
        (*check, "public.vehicle_events_default: index", "b: CREATE", "none", "missing b", "0"),
        (*check, "public.reminders_default: index", "a: CREATE", "none", "missing a", "0"),
    ]
    assert groups(lines) == [[0, 1, 2], [3], [4]]


def test_rows_of_a_view_follow_from_its_definition_and_rows_of_a_table_do_not() -> None:
    view, table = "public.vehicle_current_mileage", "public.vehicles"
    lines = [
        ("architecture", "schema as built", f"{view}: query", "a", "b", "altered", "0"),
        ("architecture", "schema as built", f"{table}: trigger", "a", "b", "altered", "0"),
        ("row_counts", "current mileage", view[7:], "equal", "2 rows", f"vehicle {CAR}", "2"),
        ("row_counts", "fingerprint", table[7:], "sum 1", "sum 2", "", "0"),
    ]
    assert groups(lines) == [[0, 2], [1], [3]]


def test_proofs_that_nothing_explains_stand_together_when_they_end_with_one_error() -> None:
    lines = [
        ("architecture", "proof", "the first (rebuilt)", "1", BROKEN, "", "0"),
        ("architecture", "proof", "the second (rebuilt)", "2", BROKEN, "", "0"),
        ("architecture", "proof", "the third (rebuilt)", "3", "2", "", "0"),
        ("architecture", "proof", "the fourth (rebuilt)", "3", "2", "", "0"),
    ]
    assert groups(lines) == [[0, 1], [2], [3]]


def test_keys_of_one_json_column_are_one_difference_and_those_of_a_payload_are_not(
    folder: Path,
) -> None:
    names = ("service_intervals.oil", "service_intervals.tires", "payload.a", "payload.b")
    lines = [
        ("row_counts", "columns", f"vehicles.{name}", "as it was", "1 row", OTHER, "1")
        for name in names
    ]
    listed = pd.DataFrame(lines, columns=list(COLUMNS), dtype=object).to_dict("records")
    assert causes.group(listed, folder, pd.DataFrame()) == [[0, 1], [2], [3]]
