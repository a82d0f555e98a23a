"""The proofs hold and leave nothing; every planted fault of the live schema is named."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from psycopg import errors
from rebuilt import (
    SPARE_A,
    VEHICLE_A,
    Connection,
    event,
    live,
    module_target,
    one,
    owner,
    target,
)

from motomind_nb import postgres, rebuilt
from motomind_nb.core import Refused
from motomind_nb.postgres import connect
from motomind_nb.rebuilt import rights_by_role
from motomind_nb.rebuilt.architecture.proofs import all_proofs, outcome_in_words, parse_proofs

__all__ = ["live", "module_target", "owner", "target"]

DEBIAN = Path("/usr/lib/postgresql/15/bin")
CONTENT = """
SELECT string_agg(c.oid::regclass || ' ' || c.relkind::text, ',' ORDER BY c.oid) FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT LIKE 'pg!_%' ESCAPE '!' AND n.nspname <> 'information_schema'
"""


def test_every_proof_holds(owner: Connection) -> None:
    frame = rebuilt.run_proofs(owner)
    failed = frame[frame.status != "ok"]
    assert failed.empty, failed.to_string()
    assert set(frame.design) == {"original", "rebuilt"}
    assert list(frame.columns) == [
        "point",
        "design",
        "statement",
        "expected",
        "observed",
        "status",
    ]


def test_every_point_of_the_findings_is_proved() -> None:
    points = {proof.code or proof.point.partition(":")[0] for proof in all_proofs()}
    assert not any(proof.point.startswith(proof.code) for proof in all_proofs() if proof.code)
    wanted = {f"fix {number}" for number in range(1, 6)}
    wanted |= {f"D{number}" for number in (*range(1, 12),)} | {
        f"E{number}" for number in range(1, 8)
    }
    assert wanted <= points, wanted - points


def test_each_of_the_five_fixes_fails_originally_and_holds_now() -> None:
    for number in range(1, 6):
        proofs = [proof for proof in all_proofs() if proof.point.startswith(f"fix {number}")]
        designs = {design for proof in proofs for design in proof.expected}
        assert designs == {"original", "rebuilt"}, number


def test_proofs_leave_nothing_behind(live: Connection) -> None:
    event(live, date="2025-04-02", miles=51220)
    before = (one(live, CONTENT), one(live, "SELECT count(*) FROM vehicle_events"))
    rebuilt.run_proofs(live)
    rebuilt.compare_rights(live)
    assert (one(live, CONTENT), one(live, "SELECT count(*) FROM vehicle_events")) == before
    assert one(live, "SELECT count(*) FROM tenants") == 2
    assert one(live, "SELECT current_user = session_user") is True


def test_a_proof_that_does_not_hold_is_red(owner: Connection) -> None:
    owner.execute("ALTER TABLE vehicle_events DISABLE TRIGGER event_4_mileage")
    frame = rebuilt.run_proofs(owner)
    failed = frame[frame.status == "fail"]
    codes = {proof.point: proof.code for proof in all_proofs()}
    assert {"D1", "D2"} <= {codes[point] for point in failed.point}


def test_an_expected_state_must_match_whole_words() -> None:
    (proof,) = parse_proofs(
        "-- header\n-- prove: X1: y\n-- rebuilt: INSERT 0 1\nSELECT 1;\nSELECT 2;\n"
    )
    assert (proof.code, proof.point, proof.last_statement) == ("X1", "y", "SELECT 2")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("42501", "refused (42501, insufficient privilege)"),
        ("23514 no such make", "refused (23514, check violation): no such make"),
        ("DELETE 0", "DELETE went through, 0 rows"),
        ("INSERT 0 2", "INSERT went through, 2 rows"),
        ("TRUNCATE TABLE", "TRUNCATE TABLE went through"),
        ("51234", "51234"),
        ("NULL", "NULL"),
        ("Van A; Van B", "Van A; Van B"),
    ],
)
def test_an_outcome_is_told_in_words(outcome: str, said: str) -> None:
    assert outcome_in_words(outcome) == said


def test_a_failed_proof_says_what_was_tried_as_whom(owner: Connection) -> None:
    owner.execute("GRANT DELETE ON vehicle_events TO authenticated")
    owner.execute("ALTER TABLE vehicle_events DISABLE TRIGGER event_0_keep")
    told = rebuilt.proof_findings(rebuilt.run_proofs(owner))
    (item,) = [item for item in told if "DELETE of an event by an API user (reb" in item.subject]
    assert item.status == "fail"
    assert item.expected == "refused (42501, insufficient privilege)"
    assert item.found == "DELETE went through, 0 rows"
    assert item.detail.startswith("tried as authenticated: DELETE FROM vehicle_events WHERE")


def test_without_the_rebuilt_schema_it_refuses(empty_database: str) -> None:
    with connect(empty_database) as connection, pytest.raises(Refused, match="no rebuilt schema"):
        rebuilt.run_proofs(connection)


def test_rights_are_equal_both_ways(owner: Connection) -> None:
    frame = rebuilt.compare_rights(owner)
    differ = frame[frame.status != "ok"]
    assert differ.empty, differ.to_string()
    table = rights_by_role(frame)
    assert table.loc["public.vehicle_events"].tolist() == ["", "SELECT, INSERT", "SELECT, INSERT"]
    assert table.loc["public.vehicle_events (partitions)"].tolist() == ["", "", ""]
    assert not (frame.role == "anon").mul(frame.granted == "yes").any()


def test_the_live_schema_has_no_fault(owner: Connection) -> None:
    found = rebuilt.check_schema(owner)
    assert [finding for finding in found if finding.status != "ok"] == []
    assert len(found) >= 17


FAULTS = {
    "ALTER TABLE garages DISABLE ROW LEVEL SECURITY": "row level security off",
    "DROP POLICY tenant_select ON tenants": "policy missing",
    "ALTER POLICY tenant_select ON garages USING (true)": "policy not by tenant",
    "CREATE POLICY more ON garages FOR SELECT TO authenticated USING (true)": "several policies",
    "ALTER VIEW timeline_feed RESET (security_invoker)": "view options",
    "ALTER VIEW private.timeline_visible SET (security_barrier = false)": "view options",
    "GRANT SELECT ON private.timeline TO authenticated": "exposed materialized view",
    "CREATE MATERIALIZED VIEW public.copied AS SELECT 1 AS one": "exposed materialized view",
    "ALTER FUNCTION private.current_tenant() RESET search_path": "mutable search path",
    "GRANT EXECUTE ON FUNCTION private.touch_row() TO anon": "callable definer function",
    "DROP INDEX vehicles_garage": "unindexed foreign key",
    "CREATE INDEX again ON vehicles (tenant_id, garage_id)": "duplicate index",
    "ALTER TABLE private.job_log DROP CONSTRAINT job_log_pkey": "missing primary key",
    "ALTER TABLE vehicle_events DISABLE TRIGGER event_3_queue": "trigger off",
    "DROP TRIGGER row_2_touch ON tenants": "trigger off",
    "DROP TRIGGER row_0_given ON reminders": "trigger off",
    "ALTER TABLE vehicle_events DISABLE TRIGGER event_0_given": "trigger off",
    "ALTER TABLE vehicle_events_2026 DISABLE ROW LEVEL SECURITY": "incomplete partition",
    "GRANT DELETE ON vehicle_events TO service_role": "rights",
    "GRANT SELECT (email) ON users TO anon": "rights",
    "GRANT UPDATE (plan_name) ON tenants TO authenticated": "rights",
    "GRANT INSERT ON vehicles TO authenticated": "rights",
    "GRANT INSERT (legacy_row) ON vehicle_events TO service_role": "rights",
    "GRANT EXECUTE ON FUNCTION private.is_member(uuid) TO service_role": "rights",
    "GRANT EXECUTE ON FUNCTION private.is_member(uuid) TO anon": "callable definer function",
    "REVOKE INSERT ON vehicle_events FROM authenticated": "rights",
    "GRANT TRUNCATE ON vehicle_events_2025 TO PUBLIC": "rights",
    "GRANT USAGE ON SCHEMA private TO anon": "rights",
    "CREATE TABLE private.extra (id integer PRIMARY KEY)": "rights",
    "DROP VIEW timeline_feed": "rights",
    "DROP MATERIALIZED VIEW private.timeline CASCADE": "barrier definition",
    "DROP FUNCTION private.current_tenant() CASCADE": "policy missing",
    "GRANT USAGE ON SCHEMA public TO authenticated WITH GRANT OPTION": "right to hand on",
    "GRANT SELECT ON users TO service_role WITH GRANT OPTION": "right to hand on",
    "GRANT UPDATE (name) ON garages TO authenticated WITH GRANT OPTION": "right to hand on",
}


def test_every_check_has_a_fault() -> None:
    checks = postgres.query_names("rebuilt/architecture/checks")
    names = {name.rpartition("/")[2].replace("_", " ") for name in checks}
    assert names - set(FAULTS.values()) == {"waiting event", "repeated event id"}  # tested below


@pytest.mark.campaign(every=5)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_named(owner: Connection, fault: str) -> None:
    owner.execute(fault)
    failed = {finding.check for finding in rebuilt.check_schema(owner) if finding.status == "fail"}
    assert FAULTS[fault] in failed


def test_events_that_wait_are_a_warning_and_repeated_ids_a_failure(owner: Connection) -> None:
    mark = event(owner, date="1955-05-05", miles=5)
    owner.execute("ALTER TABLE vehicle_events DISABLE TRIGGER event_4_mileage")
    owner.execute(
        "INSERT INTO vehicle_events (id, tenant_id, vehicle_id, type, date, miles, chain)"
        " SELECT id, tenant_id, vehicle_id, type, '2025-05-05', 6, 1 FROM vehicle_events"
    )
    found = {finding.check: finding for finding in rebuilt.check_schema(owner)}
    assert found["waiting event"].status == "warn"
    repeated = found["repeated event id"]
    assert (repeated.status, repeated.subject) == ("fail", "vehicle_events")
    assert mark in repeated.found + repeated.detail, repeated


def test_the_manufacturer_is_the_estimate_until_there_are_fuel_events(owner: Connection) -> None:
    event(owner, type="fuel", date="2025-01-01", miles=1000, payload={"gallons": 10})
    before = rebuilt.mpg_estimates(owner).set_index("vehicle")
    assert before.loc["Van B", "basis"] == "manufacturer"
    assert str(before.loc["Van B", "estimate_mpg"]) == "17.5"
    assert before.loc["Spare", "basis"] == "unknown"
    assert before.loc["Van A", "basis"] == "manufacturer"
    event(owner, type="fuel", date="2025-02-01", miles=1200, payload={"gallons": 10})
    event(owner, type="fuel", date="2025-01-01", vehicle_id=SPARE_A, payload={"gallons": 1})
    after = rebuilt.mpg_estimates(owner).set_index("vehicle")
    assert (str(after.loc["Van A", "estimate_mpg"]), after.loc["Van A", "basis"]) == (
        "20.0",
        "fuel events",
    )


def test_another_server_version_gives_the_same_frames(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not DEBIAN.exists():
        pytest.skip("no second server: Debian's postgresql-15 is not installed")
    with connect(target) as connection:
        here = _frames(connection)
    monkeypatch.setenv("MOTOMIND_POSTGRES_BIN", str(DEBIAN))
    with (
        postgres.embedded_server() as other,
        connect(other.new_database("elsewhere")) as connection,
    ):
        rebuilt.create_audit(connection)
        rebuilt.build_schema(connection)
        there = _frames(connection)
    for left, right in zip(here, there, strict=True):
        pd.testing.assert_frame_equal(left, right)


def _frames(connection: Connection) -> list[pd.DataFrame]:
    findings = [finding.row() for finding in rebuilt.check_schema(connection)]
    frames = [rebuilt.run_proofs(connection), rebuilt.compare_rights(connection)]
    return [*frames, pd.DataFrame(findings)]


def test_the_guards_of_the_owner_hold_after_the_proofs(owner: Connection) -> None:
    event(owner, date="2025-04-02", miles=51220)
    rebuilt.run_proofs(owner)
    with pytest.raises(errors.RestrictViolation), owner.transaction():
        owner.execute("DELETE FROM vehicle_events WHERE vehicle_id = %s", (VEHICLE_A,))


def test_a_fixture_that_cannot_be_made_is_a_failed_proof_not_an_error(owner: Connection) -> None:
    owner.execute("ALTER TABLE tenants ADD COLUMN surprise text NOT NULL DEFAULT ''")
    owner.execute("ALTER TABLE tenants ALTER COLUMN surprise DROP DEFAULT")
    frame = rebuilt.run_proofs(owner)
    rebuilt_rows = frame[frame.design == "rebuilt"]
    assert (rebuilt_rows.status == "fail").all()
    assert rebuilt_rows.observed.str.startswith("could not be prepared: 23502").all()
