"""Legal erasure: one tenant goes everywhere, the others stay, a log without names remains."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import zstandard
from conftest import in_shared
from loads import MANIFESTS, loaded_template
from psycopg import errors
from rebuilt import (
    USER_A,
    VEHICLE_A,
    VEHICLE_B,
    A,
    B,
    Connection,
    acting,
    event,
    live,
    module_target,
    one,
    owner,
    refused,
    target,
)

from motomind_nb import rebuilt, reconcile
from motomind_nb.commands.erase import _parts_holding
from motomind_nb.core import Finding, MotomindError, Refused, by_cause
from motomind_nb.postgres import Server

__all__ = ["live", "module_target", "owner", "target"]


def dump(connection: Connection, *words: str) -> list[str]:
    """The relations of the four schemas whose rows hold one of the words, the log excepted."""
    relations = connection.execute(
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('public', 'private', 'legacy', 'audit') AND c.relkind IN ('r', 'm')"
        " AND c.relispopulated AND c.oid <> 'audit.erasure'::regclass ORDER BY 1"
    ).fetchall()
    holding = []
    for (name,) in relations:
        found = f"SELECT count(*) FROM {name} AS r WHERE lower(r::text) LIKE ANY (%s)"
        if one(connection, found, ([f"%{word.lower()}%" for word in words],)):
            holding.append(name)
    return holding


def test_a_tenant_goes_and_the_other_stays(live: Connection) -> None:
    for vehicle in (VEHICLE_A, VEHICLE_B):
        event(live, vehicle_id=vehicle, date="2025-04-02", miles=51220)
    live.execute("SELECT private.refresh_timeline()")
    others = one(live, "SELECT count(*) FROM vehicle_events WHERE tenant_id = %s", (B,))
    with live.transaction():
        counts = rebuilt.erase_tenant(live, A, "Tenant A", "asked for by the owner")
    assert (counts["public.vehicle_events"], counts["public.users"]) == (1, 1)
    assert dump(live, A, USER_A, VEHICLE_A, "a@example.com", "Tenant A") == []
    assert one(live, "SELECT count(*) FROM vehicle_events WHERE tenant_id = %s", (B,)) == others
    assert one(live, "SELECT count(*) FROM timeline_feed") == 1
    assert {finding.status for finding in rebuilt.check_schema(live)} == {"ok"}


def test_the_log_keeps_counts_and_no_names(live: Connection) -> None:
    event(live, date="2025-04-02", miles=51220)
    with live.transaction():
        rebuilt.erase_tenant(live, A, "Tenant A", "article 17")
    row = live.execute(
        "SELECT tenant_id::text, operator, reason, counts FROM audit.erasure"
    ).fetchone()
    assert row is not None
    assert row[0] == A
    assert row[1].endswith("as postgres")
    assert row[2] == "article 17"
    assert row[3]["public.vehicle_events"] == 1
    assert "Tenant A" not in json.dumps(row[3])


def test_events_stay_facts_during_and_after_an_erasure(live: Connection) -> None:
    event(live, vehicle_id=VEHICLE_B, date="2025-04-02", miles=51220)
    with live.transaction():
        live.execute("INSERT INTO private.erasing (tenant_id) VALUES (%s)", (A,))
        with pytest.raises(errors.RestrictViolation), live.transaction():
            live.execute("DELETE FROM vehicle_events")
        with pytest.raises(errors.RestrictViolation), live.transaction():
            live.execute("UPDATE vehicle_events SET miles = 1")
    with pytest.raises(errors.RestrictViolation):
        live.execute("DELETE FROM vehicle_events")  # the mark of another transaction is no pass


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role"])
def test_only_the_owner_erases(owner: Connection, role: str) -> None:
    with acting(owner, role, A), refused(owner, errors.InsufficientPrivilege):
        owner.execute("SELECT private.erase_tenant(%s, 'me', 'why')", (A,))
    with acting(owner, role, A), pytest.raises(Refused, match="role that owns"):
        rebuilt.erase_tenant(owner, A, "Tenant A", "why")


@pytest.mark.parametrize(
    ("tenant", "name"), [(A, "Tenant B"), (A, ""), ("junk", "Tenant A"), (A[:-1] + "f", "Tenant A")]
)
def test_the_tenant_and_its_name_must_fit(owner: Connection, tenant: str, name: str) -> None:
    with pytest.raises(Refused):
        rebuilt.erase_tenant(owner, tenant, name, "why")
    assert one(owner, "SELECT count(*) FROM tenants") == 2


def test_a_reason_is_needed(owner: Connection) -> None:
    message = "needs an operator and a reason"
    with pytest.raises(MotomindError, match=message), owner.transaction():
        rebuilt.erase_tenant(owner, A, "Tenant A", "  ")
    assert one(owner, "SELECT count(*) FROM tenants") == 2


def test_a_person_of_two_tenants_keeps_the_other_home(live: Connection) -> None:
    add = "INSERT INTO private.memberships (tenant_id, user_id, role) VALUES (%s, %s, 'owner')"
    live.execute(add, (A, USER_A))
    live.execute(add, (B, USER_A))
    live.execute("UPDATE users SET created_by = %s WHERE id = %s", (USER_A, USER_A))
    with live.transaction():
        counts = rebuilt.erase_tenant(live, A, "Tenant A", "why")
    assert counts["public.users"] == 0
    home = "SELECT tenant_id::text FROM users WHERE id = %s"
    assert one(live, home, (USER_A,)) == B
    assert one(live, "SELECT count(*) FROM private.memberships") == 1


@pytest.mark.parametrize("place", ["billing", "public"])
@pytest.mark.parametrize(
    ("rule", "goes"),
    [("ON DELETE CASCADE", False), ("ON DELETE SET NULL", False), ("", True)],
)
def test_a_table_of_others_that_a_deletion_would_reach_stops_it(
    live: Connection, place: str, rule: str, goes: bool
) -> None:
    live.execute("CREATE SCHEMA billing")
    live.execute(f"CREATE TABLE {place}.bills (tenant uuid REFERENCES public.tenants (id) {rule})")
    if goes:
        assert rebuilt.erase_tenant(live, A, "Tenant A", "why")["public.tenants"] == 1
        return
    live.execute(f"INSERT INTO {place}.bills VALUES ('{A}')")
    with pytest.raises(Refused, match="bills_tenant_fkey"):
        rebuilt.erase_tenant(live, A, "Tenant A", "why")
    assert one(live, f"SELECT count(tenant) FROM {place}.bills") == 1


def test_a_loaded_tenant_goes_from_all_four_schemas(server: Server) -> None:
    with in_shared(server, loaded_template(server, "sample")) as connection:
        tenant, name = connection.execute("SELECT id::text, name FROM tenants").fetchone() or ()
        words = [tenant] + [
            row[0]
            for row in connection.execute(
                "SELECT id::text FROM vehicles UNION"
                " SELECT vin FROM vehicles WHERE vin IS NOT NULL UNION SELECT email FROM users"
            )
        ]
        connection.execute(
            "INSERT INTO audit.finding VALUES ('r', 's', 1, 'c', %s, '', '', 'warn', '', 1, 'd')",
            (f"users {words[-1]}",),
        )
        assert "legacy.tenants" in dump(connection, *words)
        counts = rebuilt.erase_tenant(connection, tenant, name, "why")
        assert dump(connection, *words) == []
        assert counts["legacy.fuel_logs"] == 2
        assert counts["audit.finding"] >= 1
        told = [
            item
            for item in reconcile.compare_rows(connection, MANIFESTS["sample"]).findings
            if item.check == "erasure"
        ]
        assert [(item.subject, item.status) for item in told] == [(f"tenant {tenant}", "warn")]
        assert told[0].found.endswith(f": {sum(counts.values())} rows erased")


def test_without_an_erasure_a_check_says_nothing_of_it(server: Server) -> None:
    with in_shared(server, loaded_template(server, "sample")) as connection:
        assert "erasure" not in {
            item.check for item in reconcile.compare_rows(connection, MANIFESTS["sample"]).findings
        }


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        (f"vehicles {VEHICLE_A}", True),
        (f"vehicles {VEHICLE_A.upper()}: x", True),
        ("mail of <a@example.com>, twice", True),
        ("nickname 'Van A' from the backup", True),
        ("user (User A).", True),
        (f"vehicles {VEHICLE_B}", False),
        ("Van AB and aa@example.com", False),
    ],
)
def test_findings_that_name_the_tenant_go(owner: Connection, text: str, goes: bool) -> None:
    owner.execute(
        "INSERT INTO audit.finding VALUES ('r', 's', 1, 'c', 's', '', '', 'warn', %s, 1, 'd')",
        (text,),
    )
    rebuilt.erase_tenant(owner, A, "Tenant A", "why")
    assert one(owner, "SELECT count(*) FROM audit.finding") == (0 if goes else 1)


@pytest.mark.parametrize(
    ("subjects", "detail", "goes"),
    [
        ((VEHICLE_B, VEHICLE_A), "", True),
        (("a@example.com.", VEHICLE_B), "", True),
        ((VEHICLE_B, B), "the nickname is Van A.", True),
        ((VEHICLE_B, B), "the nickname is Van AB.", False),
    ],
)
@pytest.mark.parametrize("place", ["", "evidence/x.csv"])
def test_a_grouped_finding_goes_when_one_of_its_rows_is_the_tenants(
    owner: Connection, subjects: tuple[str, ...], detail: str, goes: bool, place: str
) -> None:
    items = [Finding("c", f"row {name}", "", "0 rows", "warn", detail, 1) for name in subjects]
    (grouped,) = by_cause(items, place)
    owner.execute(
        "INSERT INTO audit.finding VALUES ('r', 's', 1, %s, %s, %s, %s, %s, %s, %s, %s)",
        grouped.row(),
    )
    rebuilt.erase_tenant(owner, A, "Tenant A", "why")
    assert one(owner, "SELECT count(*) FROM audit.finding") == (0 if goes else 1)


def test_an_erasure_is_all_or_nothing(live: Connection) -> None:
    live.execute("CREATE SCHEMA legacy CREATE TABLE users (id uuid PRIMARY KEY, email text)")
    live.execute("CREATE TABLE legacy.memberships (tenant_id uuid, user_id uuid)")
    live.execute("CREATE TABLE legacy.keeps (tenant_id uuid, by uuid REFERENCES legacy.users (id))")
    live.execute("INSERT INTO legacy.users VALUES (%s, 'a@example.com')", (USER_A,))
    live.execute("INSERT INTO legacy.keeps VALUES (%s, %s)", (B, USER_A))
    message = "Rows of another tenant hold on to this one"
    with pytest.raises(MotomindError, match=message), live.transaction():
        rebuilt.erase_tenant(live, A, "Tenant A", "why")
    assert one(live, "SELECT count(*) FROM tenants") == 2
    assert one(live, "SELECT count(*) FROM private.erasing") == 0


def test_files_that_still_hold_the_tenant_are_listed(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    compressed = zstandard.ZstdCompressor().compress(b"x" * 3_000_000 + A.encode() + b"y" * 100)
    (tmp_path / "run" / "tenants.copy.zst").write_bytes(compressed)
    (tmp_path / "run" / "ledger.csv").write_text(f"tenant,{A.upper()}\n")
    (tmp_path / "run" / "binary").write_bytes(b"\0" * (1 << 20) + bytes.fromhex(A.replace("-", "")))
    (tmp_path / "run" / "other.csv").write_text(f"tenant,{B}\n")
    (tmp_path / "run" / "broken.zst").write_bytes(b"no zstandard")
    names = [path.name for path in rebuilt.files_naming_tenant([tmp_path], A)]
    assert names == ["binary", "ledger.csv", "tenants.copy.zst"]


def test_runs_and_clusters_that_still_hold_the_tenant_are_listed_once(tmp_path: Path) -> None:
    for name, tenant in (("one", A), ("two", B)):
        heap = tmp_path / "clusters" / name / "base" / "16384"
        heap.parent.mkdir(parents=True)
        heap.write_bytes(b"page" + bytes.fromhex(tenant.replace("-", "")))
        heap.with_name("16385").write_text(tenant)
    clusters = tmp_path / "clusters"
    assert _parts_holding(clusters, A) == [clusters / "one"]
    assert _parts_holding(clusters, B[:-4] + "beef") == []
    (clusters / "one" / "run.json").write_text("{}")
    assert _parts_holding(clusters / "one", A) == [clusters / "one"], "it is a run itself"
    assert _parts_holding(tmp_path / "absent", A) == []
