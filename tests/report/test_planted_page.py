"""Loads with several faults at once: the page names each cause early, and what follows below it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from conftest import clone
from loads import MANIFESTS, loaded_template

from motomind_nb import rebuilt, reconcile
from motomind_nb.core import Finding
from motomind_nb.postgres import Connection, Server, connect
from motomind_nb.report.findings import failures_table
from motomind_nb.report.page_tables import Table

TRAIL_WAGON, CITY_HATCH, OLD_PICKUP, _, SUMMER_CAR = (
    f"40000000-0000-4000-8000-00000000000{place}" for place in range(1, 6)
)
COLUMNS = ["stage", *(part.name for part in fields(Finding))]
# vehicles whose histories differ first because of a row
MILEAGE = pd.DataFrame(
    [
        (CITY_HATCH, "false", "90000000-0000-4000-8000-000000000002"),
        (TRAIL_WAGON, "false", "a0000000-0000-4000-8000-000000000001"),
        (OLD_PICKUP, "false", "a0000000-0000-4000-8000-000000000001"),
    ],
    columns=["vehicle_id", "equal", "source_id"],
)
SERVICES = "'a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004'"


class Fault(NamedTuple):
    """A statement that does damage, and the subject of the line that must name it."""

    damage: str
    subject: str


VALUES_AND_RIGHTS = [
    Fault(
        "UPDATE public.vehicle_events SET miles = round(miles * 1.609344)"
        f" WHERE vehicle_id = '{CITY_HATCH}' AND miles > 0",
        "odometer_readings.miles",
    ),
    Fault(
        "UPDATE public.vehicle_events AS e SET vehicle_id = o.vehicle_id"
        f" FROM public.vehicle_events AS o WHERE e.id IN ({SERVICES}) AND o.id IN ({SERVICES})"
        " AND o.id <> e.id",
        "service_records.vehicle_id",
    ),
    Fault(
        "UPDATE public.vehicle_events SET payload = payload || '{\"total_amount\": 39}'"
        " WHERE id = '90000000-0000-4000-8000-000000000001'",
        "fuel_logs.payload.total_amount: rounding",
    ),
    Fault("ALTER TABLE public.users ALTER email DROP NOT NULL", "public.users: column"),
    Fault(
        "ALTER VIEW public.vehicle_current_mileage OWNER TO pg_monitor",
        "public.vehicle_current_mileage: owner",
    ),
    Fault("GRANT SELECT ON public.reminders TO anon", "public.reminders: grant"),
    Fault(
        f"UPDATE public.vehicles SET service_intervals = '{{}}' WHERE id = '{TRAIL_WAGON}'",
        "vehicles.service_intervals.oil: key lost",
    ),
    Fault(
        "INSERT INTO public.reminders SELECT (jsonb_populate_record(r,"
        ' \'{"id": "70000000-0000-4000-8000-0000000000aa"}\')).*'
        " FROM public.reminders AS r WHERE status = 'dismissed' LIMIT 1",
        "reminders",
    ),
    Fault(
        'UPDATE public.vehicle_events SET payload = payload || \'{"notes": "befor"}\''
        " WHERE id = '50000000-0000-4000-8000-000000000003'",
        "vehicle_events.payload.notes",
    ),
    Fault(
        "ALTER TABLE public.garages DISABLE ROW LEVEL SECURITY",
        "public.garages: row level security",
    ),
]
FUNCTION_AND_ROWS = [
    Fault(
        "CREATE OR REPLACE FUNCTION private.current_tenant() RETURNS uuid LANGUAGE sql STABLE"
        " SET search_path = '' AS $$ SELECT (SELECT id FROM public.tenants LIMIT 1) $$",
        "private.current_tenant(): function",
    ),
    Fault("DROP POLICY tenant_select ON public.garages", "public.garages: policy"),
    Fault("DROP TRIGGER row_2_touch ON public.users", "public.users: trigger"),
    Fault(f"DELETE FROM public.vehicles WHERE id = '{SUMMER_CAR}'", "vehicles"),
    Fault(
        "UPDATE public.vehicle_events SET date = date + 1"
        " WHERE id = '50000000-0000-4000-8000-000000000002'",
        "vehicle_events.date",
    ),
]


def page_of(server: Server, faults: list[Fault], folder: Path) -> Table:
    """The table of failures of the sample's load with some faults."""
    for conninfo in clone(server, loaded_template(server, "sample")):
        with connect(conninfo) as connection:
            connection.execute("SET session_replication_role = replica")
            captured = rebuilt.capture_target(connection)
            for fault in faults:
                connection.execute(fault.damage.encode())
        with connect(conninfo) as connection:
            found = [("row_counts", item) for item in compared(connection)]
            reconcile.write_differences(connection, folder / "differences.csv")
        with connect(conninfo) as connection:
            found += [("architecture", item) for item in proved(connection, captured)]
    told = pd.DataFrame([(stage, *item.row()) for stage, item in found], columns=COLUMNS)
    told = told.assign(accepted="", rows=told["rows"].astype(str))
    table = failures_table(told, folder, MILEAGE)
    assert table is not None
    return table


def compared(connection: Connection) -> list[Finding]:
    """What stage 03 tells of rows, values and old definitions."""
    rows = reconcile.compare_rows(connection, MANIFESTS["sample"]).findings
    return [*rows, *reconcile.compare_definitions(connection, MANIFESTS["sample"])]


def proved(connection: Connection, captured: rebuilt.Capture) -> list[Finding]:
    """What stage 05 tells of proofs, rights and definitions."""
    proofs = rebuilt.proof_findings(rebuilt.run_proofs(connection))
    built = rebuilt.compare_with_capture(connection, captured)
    return [*proofs, *rebuilt.check_schema(connection), *built]


def lines(table: Table) -> dict[str, tuple[str, ...]]:
    """Subject of each line -> what stands below it, in the order of the page."""
    return {row[2]: below[1] for row, below in zip(table.rows, table.below, strict=True)}


def test_each_of_ten_faults_is_among_the_first_twelve_lines(server: Server, tmp_path: Path) -> None:
    found = lines(page_of(server, VALUES_AND_RIGHTS, tmp_path))
    assert {fault.subject for fault in VALUES_AND_RIGHTS} <= {*list(found)[:12]}
    assert len(found) <= 12, list(found)
    assert not any("ledger target" in text for text in found["public.reminders: grant"])
    assert any("ledger target" in text for text in found["reminders"])


def test_what_follows_from_a_function_stands_below_it_and_nothing_else_does(
    server: Server, tmp_path: Path
) -> None:
    found = lines(page_of(server, FUNCTION_AND_ROWS, tmp_path))
    assert {*found} == {fault.subject for fault in FUNCTION_AND_ROWS}
    below = found["private.current_tenant(): function"]
    assert sum(text.startswith("rights: ") for text in below) > 10
    assert sum(text.startswith("proof: ") for text in below) > 15
    for subject in ("public.garages: policy", "public.users: trigger"):
        assert not any(text.startswith(("rights: ", "proof: ")) for text in found[subject])
    assert any("1 row re-dated" in text for text in found["vehicle_events.date"])


@pytest.mark.parametrize("many", [99, 100, 101, 2500])
def test_a_fold_tells_a_hundred_and_counts_the_others(many: int) -> None:
    proof = ("architecture", "proof", "refused (XX000, x)", "1", "fail", "", "0", "", "")
    names = [
        "stage",
        "check",
        "found",
        "expected",
        "status",
        "detail",
        "rows",
        "digest",
        "accepted",
    ]
    told = pd.DataFrame([proof] * (many + 1), columns=names)
    told = told.assign(subject=[f"point {place} <b>" for place in range(many + 1)])
    table = failures_table(told, None, pd.DataFrame())
    assert table is not None and len(table.rows) == 1
    ((summary, texts),) = table.below
    assert summary == f"{many:,} more findings that this explains: proof ({many:,})"
    assert len(texts) == min(many, 101)
    assert (texts[-1] == f"and {many - 100:,} more in findings.csv") == (many > 100)
