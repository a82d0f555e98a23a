"""Apply: what it refuses, what it does, and that a try changes nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from in_place import Fleet, accepting, fleet, refusal, rehearsed

from motomind_nb import apply, rebuilt, signing
from motomind_nb.core import CheckFailed, write_json
from motomind_nb.postgres import Server, connect

BILLING = (
    "CREATE SCHEMA billing",
    "CREATE TABLE billing.invoices (tenant uuid REFERENCES public.tenants (id) ON DELETE CASCADE)",
    "CREATE VIEW billing.cars WITH (security_invoker = true) AS SELECT v.id, t.name"
    " FROM public.vehicles v JOIN public.tenants t ON t.id = v.tenant_id",
    "CREATE FUNCTION billing.garages(uuid, int, text) RETURNS bigint LANGUAGE sql"
    " BEGIN ATOMIC SELECT count(*) FROM public.garages; END",
)
KEY = "foreign key invoices_tenant_fkey on billing.invoices"


@pytest.fixture(scope="module")
def fleet_to_move(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A legacy database that every test leaves in a state that can be applied."""
    with fleet(server, tmp_path_factory.mktemp("runs"), "fleet_to_move") as held:
        yield held


def test_the_plan_names_every_statement_and_changes_nothing(fleet_to_move: Fleet) -> None:
    before = fleet_to_move.dump()
    plan = fleet_to_move.plan()
    assert plan.open_points == ()
    texts = [item.text for item in plan.statements]
    moved = [text for text in texts if text.startswith("--") and "SET SCHEMA" in text]
    assert len(moved) == 35 + 15
    for schema_file in (*rebuilt.table_files(), *rebuilt.key_files(), *rebuilt.rule_files()):
        first = schema_file.read_text().splitlines()[0]
        assert any(text.startswith(first) for text in texts), schema_file.name
    assert len(plan.token) == 64 and fleet_to_move.dump() == before


def test_the_token_stays_when_rows_grow_and_changes_with_the_schema(fleet_to_move: Fleet) -> None:
    token = fleet_to_move.plan().token
    fleet_to_move.execute("INSERT INTO tenants (name, kind) VALUES ('Grown', 'solo')")
    assert fleet_to_move.plan().token == token
    fleet_to_move.execute("ALTER TABLE reminders ADD COLUMN colour text")
    try:
        plan = fleet_to_move.plan()
        assert plan.token != token
        assert [(item.subject, item.status) for item in plan.open_points] == [
            ("reminders column colour", "fail")
        ]
        said = refusal(
            lambda: apply.carry_out(
                fleet_to_move.conninfo, fleet_to_move.request(), apply.Act("x", token)
            )
        )
        assert "colour" in str(said)
    finally:
        fleet_to_move.execute("ALTER TABLE reminders DROP COLUMN colour")


def test_a_dry_run_tries_everything_and_leaves_nothing(fleet_to_move: Fleet) -> None:
    before = fleet_to_move.dump()
    carried = apply.carry_out(fleet_to_move.conninfo, fleet_to_move.request(), apply.Act("dry"))
    assert not carried.committed and "compare with package" in carried.seconds
    assert 0 < carried.readers < carried.writers
    assert fleet_to_move.dump() == before
    assert fleet_to_move.execute("SELECT to_regnamespace('audit')") == [(None,)]


def test_few_messages_are_sent_while_everybody_waits(
    fleet_to_move: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each message is a wait of its own, for a server that others keep busy."""
    sent: list[str] = []
    send = psycopg.Cursor.execute

    def noted(cursor: psycopg.Cursor, statement: object, *args: object, **named: object) -> object:
        sent.append(str(statement))
        return send(cursor, statement, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(psycopg.Cursor, "execute", noted)
    apply.carry_out(fleet_to_move.conninfo, fleet_to_move.request(), apply.Act("dry"))
    locked = [number for number, text in enumerate(sent) if "ACCESS EXCLUSIVE" in text]
    assert locked and 3 < len(sent) - locked[-1] < 40


def test_apply_moves_loads_and_closes_and_rollback_puts_back(
    fleet_to_move: Fleet, tmp_path: Path
) -> None:
    before = fleet_to_move.dump()
    rows = fleet_to_move.execute("SELECT count(*) FROM vehicles")[0][0]
    carried = fleet_to_move.apply()
    assert carried.committed and fleet_to_move.state() == "applied"
    with connect(fleet_to_move.conninfo) as connection:
        assert [item for item in rebuilt.check_schema(connection) if item.status == "fail"] == []
        assert rebuilt.run_proofs(connection).status.eq("ok").all()
        count = "SELECT count(*) FROM public.vehicles"
        assert connection.execute(count).fetchall() == [(rows,)]
        connection.execute("SET LOCAL ROLE anon")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="schema legacy"):
            connection.execute("SELECT FROM legacy.vehicles")
    said = refusal(fleet_to_move.plan)
    assert "applied" in said.found  # a second apply
    fleet_to_move.roll_back(tmp_path)
    assert fleet_to_move.state() == "rolled back"
    assert fleet_to_move.dump() == before
    fleet_to_move.apply()  # and once more, over the records of the first
    fleet_to_move.roll_back(tmp_path)
    assert fleet_to_move.dump() == before


def test_another_token_is_refused(fleet_to_move: Fleet) -> None:
    act = apply.Act("x", "0" * 64)
    said = refusal(lambda: apply.carry_out(fleet_to_move.conninfo, fleet_to_move.request(), act))
    assert said.subject == "token" and fleet_to_move.state() != "applied"


def open_points(held: Fleet, **choices: object) -> list[str]:
    """What stands against an apply, in words."""
    return [f"{item.subject}: {item.expected}" for item in held.plan(**choices).open_points]


@pytest.fixture
def copied(fleet_to_move: Fleet, tmp_path: Path) -> Fleet:
    """The fleet with a copy of the rehearsal's folder, to be spoilt."""
    place = tmp_path / fleet_to_move.rehearsal.id
    shutil.copytree(fleet_to_move.rehearsal.folder, place)
    return replace(fleet_to_move, rehearsal=replace(fleet_to_move.rehearsal, folder=place))


def test_a_rehearsal_must_have_passed_with_this_schema_and_mapping(copied: Fleet) -> None:
    path = copied.rehearsal.folder / "verdict.json"
    facts = json.loads(path.read_text())
    assert open_points(copied) == []
    write_json(path, {**facts, "verdict": "failed"})
    assert ["passed" in point for point in open_points(copied)] == [True]
    write_json(path, {**facts, "tool": {**facts["tool"], "mapping": "0" * 64}})
    assert ["mapping" in point for point in open_points(copied)] == [True]
    path.unlink()
    assert len(open_points(copied)) == 2


def test_the_backup_must_be_sound_and_young(copied: Fleet) -> None:
    assert open_points(copied, backup_age=0.0) == [
        f"rehearsal {copied.rehearsal.id}: a backup of the last 0 hours"
    ]
    file = copied.rehearsal.folder / "backup" / "tables" / "vehicles.csv.zst"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert any("vehicles" in str(item.found) for item in copied.plan().open_points)


def test_a_signature_must_be_good_and_a_demanded_one_there(copied: Fleet, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    signer = signing.Signer("Ida", "operator", signing.load_or_make_key(key))
    public = signing.public_key_path(key)
    assert "signed with" in open_points(copied, signed_by=public)[0]
    signing.sign_folder(copied.rehearsal.folder, signer)
    assert open_points(copied, signed_by=public) == []
    (copied.rehearsal.folder / "verdict.json").write_text(
        (copied.rehearsal.folder / "verdict.json").read_text() + " "
    )
    assert len(open_points(copied)) == 1  # a bad one counts, whoever demanded it


def test_a_rehearsal_of_another_database_is_refused(
    fleet_to_move: Fleet, server: Server, tmp_path: Path
) -> None:
    with fleet(server, tmp_path, "fleet_next_door") as other:
        crossed = replace(fleet_to_move, rehearsal=other.rehearsal)
        assert ["of this database" in point for point in open_points(crossed)] == [True]


def test_each_dependent_must_be_handled_and_what_can_be_is_bound_anew(
    server: Server, tmp_path: Path
) -> None:
    with fleet(server, tmp_path, "fleet_with_bills") as first:
        first.execute(*BILLING)
        held = replace(first, rehearsal=rehearsed(tmp_path))
        before = held.dump()
        unhandled = {item.subject: item for item in held.plan().open_points}
        assert set(unhandled) == {
            KEY,
            "view billing.cars",
            "function billing.garages(uuid,integer,text)",
        }
        accept = tmp_path / "accepted.toml"
        accept.write_text("".join(accepting(item.subject, held) for item in unhandled.values()))
        held.apply(accept=accept)
        tenant = (
            "INSERT INTO public.tenants (id, name) VALUES (gen_random_uuid(), 'New') RETURNING id"
        )
        new = held.execute(tenant)[0][0]
        held.execute(f"INSERT INTO billing.invoices VALUES ('{new}')")
        garages = held.execute(
            "SELECT billing.garages(NULL, 1, ''), (SELECT count(*) FROM public.garages)"
        )
        assert garages[0][0] == garages[0][1]
        options = "SELECT reloptions FROM pg_class WHERE oid = 'billing.cars'::regclass"
        assert held.execute(options) == [(["security_invoker=true"],)]
        assert "legacy" not in held.execute("SELECT pg_get_viewdef('billing.cars'::regclass)")[0][0]
        held.execute("DELETE FROM billing.invoices")
        assert "--carry" in refusal(lambda: held.roll_back(tmp_path)).action
        held.roll_back(tmp_path, carry=True)
        assert held.dump() == before
        assert held.execute(f"SELECT name FROM tenants WHERE id = '{new}'") == [("New",)]


def test_a_failing_statement_of_the_operator_undoes_everything(fleet_to_move: Fleet) -> None:
    before = fleet_to_move.dump()
    said = refusal(lambda: fleet_to_move.apply(also="UPDATE no_such_table SET a = 1"))
    assert said.subject == "--also" and "no_such_table" in said.found
    assert fleet_to_move.dump() == before


@pytest.mark.parametrize(
    "also",
    [
        "COMMENT ON SCHEMA public IS 'x'; COMMIT;",
        "BEGIN; COMMENT ON SCHEMA public IS 'x'; COMMIT;",
        "ROLLBACK",
        "DO $$ BEGIN COMMIT; END $$",
    ],
)
def test_the_operator_s_statements_cannot_end_the_transaction(
    fleet_to_move: Fleet, also: str
) -> None:
    before = fleet_to_move.dump()
    act = apply.Act("dry")
    request = fleet_to_move.request(also=also)
    said = refusal(lambda: apply.carry_out(fleet_to_move.conninfo, request, act))
    assert said.subject == "--also"
    assert fleet_to_move.dump() == before and fleet_to_move.state() != "unknown"


@pytest.mark.parametrize("schema", ["next", "audit"])
def test_a_schema_of_somebody_else_s_is_an_open_point(
    server: Server, tmp_path: Path, schema: str
) -> None:
    with fleet(server, tmp_path, f"fleet_with_{schema}") as held:
        held.execute(f"CREATE SCHEMA {schema}", f"CREATE TABLE {schema}.run (id int)")
        assert [item.subject for item in held.plan().open_points] == [f"schema {schema}"]


def test_what_the_operator_adds_inside_is_told_by_the_package(fleet_to_move: Fleet) -> None:
    """A trigger on a rebuilt table is not what was approved as the rebuilt schema."""
    before = fleet_to_move.dump()
    also = "ALTER TABLE public.garages DISABLE TRIGGER USER"
    with pytest.raises(CheckFailed, match="nothing was changed"):
        fleet_to_move.apply(also=also)
    assert fleet_to_move.dump() == before
