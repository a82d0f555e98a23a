"""Reconciliation: the ledger balances, differences are classified, lineage leads both ways."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import in_shared
from loads import MANIFESTS, loaded_template, unguarded

from motomind_nb import load, reconcile
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, Relation, Server
from motomind_nb.reconcile import definitions, origin
from motomind_nb.reconcile.rows import cells

FUEL = "90000000-0000-4000-8000-000000000001"


@pytest.fixture
def loaded(server: Server) -> Iterator[Connection]:
    """A connection to the loaded sample, free to change what it likes."""
    with unguarded(server, loaded_template(server, "sample")) as connection:
        yield connection


@pytest.fixture
def traps(server: Server) -> Iterator[Connection]:
    """A connection to the loaded traps."""
    with in_shared(server, loaded_template(server, "traps")) as connection:
        yield connection


def told(connection: Connection, check: str) -> list[Finding]:
    """What one check of rows and values says of the sample."""
    found = reconcile.compare_rows(connection, MANIFESTS["sample"]).findings
    return [item for item in found if item.check == check]


def test_the_ledger_balances_to_the_row(loaded: Connection) -> None:
    ledger = reconcile.ledger(loaded, MANIFESTS["sample"])
    tables = ledger[ledger["kind"] == "table"]
    assert len(ledger) == 35
    assert len(tables) == 25
    assert tables["balanced"].all()
    assert (tables["loaded"] + tables["quarantined"] + tables["archived"]).sum() == 78
    assert tables["source_rows"].sum() == 78
    assert ledger[ledger["kind"] != "table"]["source_rows"].isna().all()


def test_the_ledger_names_documented_counts(loaded: Connection) -> None:
    rows = reconcile.ledger(loaded, MANIFESTS["sample"]).set_index("object")
    assert rows.loc["odometer_readings", "loaded"] == 4
    assert rows.loc["vin_cache", "archived"] == 10
    assert rows.loc["vehicles_naming_backup", "used_by"] == "vehicles.nickname"
    events = reconcile.target_ledger(loaded).set_index("target").loc["public.vehicle_events"]
    assert (events["loaded"], events["rows"]) == (15, 15)


def test_the_ledger_counts_quarantine(traps: Connection) -> None:
    tables = reconcile.ledger(traps, MANIFESTS["traps"]).query("kind == 'table'")
    assert tables["balanced"].all()
    assert tables["quarantined"].sum() == len(
        traps.execute("SELECT DISTINCT source_table, source_id FROM audit.quarantine").fetchall()
    )
    assert reconcile.quarantine_by_rule(traps)["rows"].sum() == tables["quarantined"].sum()


def without(manifest: Manifest, *names: str) -> Manifest:
    """The manifest of a source that lacks some objects."""
    absent = Relation("", "table", present=False)
    return replace(
        manifest,
        objects=tuple(
            replace(absent, name=item.name) if item.name in names else item
            for item in manifest.objects
        ),
    )


def test_an_absent_object_is_empty_in_the_ledger_and_a_warning(loaded: Connection) -> None:
    before = without(MANIFESTS["sample"], "uploads")
    row = reconcile.ledger(loaded, before).set_index("object").loc["uploads"]
    assert row[["source_rows", "loaded", "quarantined", "archived"]].isna().all()
    (found,) = [
        item
        for item in reconcile.compare_rows(loaded, before).findings
        if (item.check, item.subject) == ("ledger", "uploads")
    ]
    assert found.status == "warn"


def test_what_the_database_says_of_the_source_counts_for_nothing(loaded: Connection) -> None:
    loaded.execute("DELETE FROM audit.source_object")
    before = MANIFESTS["sample"]
    assert reconcile.ledger(loaded, before)["balanced"].dropna().all()
    loaded.execute("DELETE FROM legacy.odometer_readings WHERE mileage = 18940")
    failed = {
        (item.check, item.subject)
        for item in reconcile.compare_rows(loaded, before).findings
        if item.status == "fail"
    }
    assert {("staged", "odometer_readings"), ("ledger", "odometer_readings")} <= failed


def test_rows_in_the_place_of_an_absent_table_are_told(loaded: Connection) -> None:
    before = without(MANIFESTS["sample"], "memberships", "vin_cache", "uploads")
    loaded.execute("DROP TABLE legacy.vin_cache CASCADE")
    told = {
        item.subject: (item.expected, item.status)
        for item in reconcile.compare_rows(loaded, before).findings
        if item.check == "staged"
    }
    assert told["memberships"] == ("0 rows, fingerprint 0", "fail")
    assert "vin_cache" not in told and "uploads" not in told
    assert {status for _, status in told.values()} == {"ok", "fail"}


def test_the_comparison_leans_on_no_view_of_the_load(loaded: Connection) -> None:
    """The views are emptied, as if nothing could be loaded; a row that is gone is still missed."""
    before = MANIFESTS["sample"]
    undamaged = reconcile.compare_rows(loaded, before).findings
    for source in load.projections():
        view = f"audit.loadable_{source.source}"
        asked = loaded.execute(f"SELECT * FROM {view} LIMIT 0".encode()).description or ()
        columns = ", ".join(f'"{column.name}"' for column in asked)
        loaded.execute(
            f"CREATE OR REPLACE VIEW {view} AS SELECT {columns} FROM legacy.{source.source}"
            " WHERE false".encode()
        )
    assert reconcile.compare_rows(loaded, before).findings == undamaged
    loaded.execute(f"DELETE FROM public.vehicle_events WHERE id = '{FUEL}'".encode())
    failed = [
        item.subject
        for item in reconcile.compare_rows(loaded, before).findings
        if item.check == "rows missing"
    ]
    assert failed == ["fuel_logs"]


def test_an_equal_number_with_other_zeros_is_a_note(loaded: Connection) -> None:
    loaded.execute(
        "UPDATE public.vehicle_events SET payload = payload || jsonb_build_object("
        "'total_amount', ((payload ->> 'total_amount') || '00')::numeric)"
        f" WHERE id = '{FUEL}'".encode()
    )
    loaded.execute("REFRESH MATERIALIZED VIEW private.timeline")
    found = [
        item
        for item in reconcile.compare_rows(loaded, MANIFESTS["sample"]).findings
        if item.check == "columns" or item.status == "fail"
    ]
    assert [(item.status, item.subject, item.rows) for item in found] == [
        ("note", "fuel_logs.payload.total_amount: scale", 1)
    ]


@pytest.mark.parametrize("lost", ["03", "3"])
def test_a_rounded_number_is_a_failure(loaded: Connection, lost: str) -> None:
    """9.693 and 9.69 are no writings of one number: columns and fingerprints fail both."""
    loaded.execute(
        "UPDATE public.vehicle_events SET payload = payload || jsonb_build_object("
        f"'total_amount', ((payload ->> 'total_amount') || '{lost}')::numeric)"
        f" WHERE id = '{FUEL}'".encode()
    )
    loaded.execute("REFRESH MATERIALIZED VIEW private.timeline")
    found = reconcile.compare_rows(loaded, MANIFESTS["sample"]).findings
    failed = {(item.check, item.subject) for item in found if item.status == "fail"}
    assert {check for check, _ in failed} >= {"columns", "fingerprint"}
    assert not any("scale" in subject for _, subject in failed)


def test_no_difference_in_an_undamaged_load(traps: Connection, tmp_path: Path) -> None:
    assert cells.differences(traps).empty
    assert reconcile.write_differences(traps, tmp_path / "none.csv") == 0
    assert (tmp_path / "none.csv").read_text().startswith("table_name,kind,")


def test_samples_are_capped_and_the_csv_holds_all(loaded: Connection, tmp_path: Path) -> None:
    loaded.execute("UPDATE public.vehicle_events SET miles = miles + 1")
    frame = cells.differences(loaded, 1)
    assert frame["place"].tolist() == [1] * 4, "one for each of the four sources"
    assert frame["rows"].sum() == 14
    assert reconcile.write_differences(loaded, tmp_path / "all.csv") == 14
    with (tmp_path / "all.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["column_name"] for row in rows} == {"miles"}
    assert all(int(row["after"]) == int(row["before"]) + 1 for row in rows)


def test_the_largest_difference_comes_first(loaded: Connection) -> None:
    loaded.execute("UPDATE public.vehicle_events SET miles = miles + 1")
    loaded.execute("DELETE FROM public.vehicle_images")
    found = cells.differences(loaded)["rows"].tolist()
    assert found == sorted(found, reverse=True) and found[-1] == 1


def test_personal_values_are_hidden_unless_asked_for(loaded: Connection, tmp_path: Path) -> None:
    loaded.execute("UPDATE public.users SET email = 'x@example.com'")
    loaded.execute(
        "UPDATE public.vehicle_events SET legacy_row = legacy_row || "
        '\'{"station_address": "elsewhere"}\' WHERE id = %s',
        (FUEL,),
    )
    hidden = cells.differences(loaded).set_index("column_name")
    assert hidden.loc["email", "before"] == "(hidden)"
    assert hidden.loc["legacy_row.station_address", "after"] == "(hidden)"
    assert "alex@example.com" not in " ".join(
        map(str, reconcile.compare_rows(loaded, MANIFESTS["sample"]).findings)
    )
    shown = cells.differences(loaded, show_personal=True).set_index("column_name")
    assert shown.loc["email", "before"] == '"alex@example.com"'
    reconcile.write_differences(loaded, tmp_path / "d.csv")
    assert "example.com" not in (tmp_path / "d.csv").read_text()


def test_a_key_that_is_absent_is_not_null_and_not_empty(loaded: Connection) -> None:
    for payload in (
        "payload - 'notes'",
        "payload || '{\"notes\": null}'",
        'payload || \'{"notes": ""}\'',
    ):
        loaded.execute(
            f"UPDATE public.vehicle_events SET payload = {payload} WHERE id = '{FUEL}'".encode()
        )
        row = cells.differences(loaded).iloc[0]
        assert row["column_name"] == "payload.notes"
        loaded.execute("SELECT 1")
        assert row["after"] in (None, "null", '""')


def test_lineage_leads_from_either_side(loaded: Connection, tmp_path: Path) -> None:
    for row in (origin.lineage(loaded, FUEL).iloc[0],):
        assert (row["source_table"], row["target_table"]) == ("fuel_logs", "public.vehicle_events")
        assert row["target_date"] == "2025-09-20"
    number = reconcile.write_lineage(loaded, tmp_path / "lineage.csv")
    kept = reconcile.target_ledger(loaded)["rows"].sum()
    assert number == kept == len((tmp_path / "lineage.csv").read_text().splitlines()) - 1
    assert origin.lineage(loaded, "nothing").empty


def test_a_derived_id_leads_back_to_its_source(traps: Connection) -> None:
    (row,) = traps.execute(
        "SELECT source_id::text, event_id::text FROM private.event_source "
        "WHERE source_id <> event_id"
    ).fetchall()
    assert origin.lineage(traps, row[1])["source_id"].tolist() == [row[0]]
    assert len(origin.lineage(traps, row[0])) == 2


def test_totals_keep_currencies_apart(loaded: Connection) -> None:
    totals = {item.subject: item for item in told(loaded, "totals")}
    assert totals["fuel_logs.total_amount in CAD"].expected == "38.5 in 1 value"
    assert totals["service_records.total_cost in no currency"].found == "74 in 1 value"
    assert {item.status for item in totals.values()} == {"ok"}


def test_every_old_view_is_spoken_of_and_its_faults_are_named(loaded: Connection) -> None:
    views = told(loaded, "views")
    for view in catalog.views():
        assert any(item.subject.startswith(view) for item in views), view
    (fault,) = (
        item for item in views if item.subject == "fleet_overview" and item.status == "note"
    )
    assert fault.found == "1 row: vehicles: 4 in the old view, 3 in the rebuilt table"
    assert "once for each of its reminders" in fault.detail


def test_a_view_that_is_not_populated_is_set_aside(loaded: Connection) -> None:
    # without the unique index the join to it cannot be left out
    loaded.execute("DROP INDEX legacy.idx_health_scores_unique_id")
    loaded.execute("REFRESH MATERIALIZED VIEW legacy.vehicle_health_scores WITH NO DATA")
    views = {item.subject: item.status for item in told(loaded, "views")}
    assert views["fleet_overview"] == "warn"
    assert views["service_record_stats"] == "ok"


def test_every_definition_is_kept_replaced_or_gone_with_a_reason(loaded: Connection) -> None:
    changes = definitions.schema_changes(loaded, MANIFESTS["sample"])
    assert len(changes) > 900
    assert set(changes["fate"]) == {"kept", "replaced", "gone"}
    assert (changes[changes["fate"] != "kept"]["reason"] != "").all()
    summary = reconcile.definition_counts(loaded, MANIFESTS["sample"]).set_index("kind")
    assert summary.loc["trigger"].sum() == 14
    assert summary["lost"].sum() == 0


def test_the_checks_leave_no_trace(loaded: Connection) -> None:
    loaded.execute("SET TRANSACTION READ ONLY")
    assert reconcile.compare_rows(loaded, MANIFESTS["sample"]).findings


def test_an_empty_target_fails(loaded: Connection) -> None:
    for table in ("public.vehicle_events", "public.reminders", "public.vehicle_images"):
        loaded.execute(f"DELETE FROM {table}".encode())
    failed = {
        item.check
        for item in reconcile.compare_rows(loaded, MANIFESTS["sample"]).findings
        if item.status == "fail"
    }
    assert {"ledger", "rows missing", "fingerprint", "totals", "lineage", "views"} <= failed


def test_rows_that_differ_have_their_name_beside_the_key(
    loaded: Connection, tmp_path: Path
) -> None:
    loaded.execute(
        "INSERT INTO public.tenants SELECT (jsonb_populate_record(t, jsonb_build_object("
        "'id', gen_random_uuid(), 'name', 'Nördliche \"Fahrzeuge\" (GmbH)',"
        " 'stripe_customer_id', NULL, 'stripe_subscription_id', NULL))).*"
        " FROM public.tenants AS t LIMIT 1"
    )
    loaded.execute("DELETE FROM public.vehicles WHERE nickname = 'Summer car'")
    loaded.execute("UPDATE public.users SET email = 'someone@example.org'")
    loaded.execute("UPDATE public.vehicles SET service_intervals = service_intervals - 'oil'")
    loaded.execute(
        "UPDATE public.vehicle_events SET vehicle_id = '40000000-0000-4000-8000-000000000003'"
        f" WHERE id = '{FUEL}'"
    )
    found = reconcile.compare_rows(loaded, MANIFESTS["sample"]).findings
    details = {item.subject: item.detail for item in found if item.status == "fail" and item.rows}
    assert details["tenants"].endswith(' (Nördliche "Fahrzeuge" (GmbH))')
    assert details["vehicles"].endswith("40000000-0000-4000-8000-000000000005 (Summer car)")
    said = '0001" (Trail wagon) became "40000000-0000-4000-8000-000000000003" (Old pickup)'
    assert details["fuel_logs.vehicle_id"].endswith(said)
    assert details["fuel_logs.vehicle_id"].startswith(f"{FUEL} (fuel 2025-09-20 Trail wagon)")
    lost = details["vehicles.service_intervals.oil: key lost"]
    assert lost.count("became no such key") == 2 and "nan" not in lost
    assert "someone" not in details["users.email"] and "()" not in details["users.email"]
    reconcile.write_differences(loaded, tmp_path / "differences.csv")
    with (tmp_path / "differences.csv").open(encoding="utf-8", newline="") as file:
        names = {row["table_name"]: row["name"] for row in csv.DictReader(file)}
    assert (names["vehicles"], names["users"]) == ("Summer car", "")


def test_an_event_of_another_date_is_called_redated_by_each_check(loaded: Connection) -> None:
    loaded.execute(f"UPDATE public.vehicle_events SET date = date + 400 WHERE id = '{FUEL}'")
    loaded.execute("DELETE FROM public.vehicle_events WHERE id::text LIKE '9%2'")
    loaded.execute("DELETE FROM public.vehicle_events WHERE id::text LIKE 'a%1'")
    found = {item.subject: item.detail for item in told(loaded, "second mapping")}
    assert found["fuel_logs: rows"] == "1 row re-dated, 1 row missing under its key"
    assert found["service_records: rows"] == "1 row missing under its key"
