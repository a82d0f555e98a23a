"""The day of the migration as its commands: plan, try, apply, look, roll back, retire."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from in_place import VARIABLE, Fleet, fleet
from typer.testing import CliRunner, Result

from motomind_nb import signing
from motomind_nb.apply.planning import forecast
from motomind_nb.cli import app
from motomind_nb.postgres import Server

STEPS = {*forecast.BY_ROWS, *forecast.BY_OBJECTS, *forecast.AFTER_SWITCH}
DATABASE = f"env:{VARIABLE}"
NAME = "fleet_by_command"


def run(*words: object) -> Result:
    """Run a command line."""
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def held(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A legacy database whose variable is set, with its rehearsal."""
    with fleet(server, tmp_path_factory.mktemp("runs"), NAME) as one:
        yield one


def planned(held: Fleet, *words: object) -> Result:
    """The plan of an apply as the command prints it."""
    return run(
        "apply", "--database", DATABASE, "--rehearsal", held.rehearsal.folder, "--plan", *words
    )


def token(held: Fleet, *words: object) -> str:
    """The token of the plan."""
    found = planned(held, *words)
    assert found.exit_code == 0, found.output
    last = found.stdout.splitlines()[-1]
    assert last.startswith("TOKEN ")
    return last.removeprefix("TOKEN ")


def applied(held: Fleet, folder: Path, *words: object) -> Result:
    """An apply by the command."""
    base = ("apply", "--database", DATABASE, "--rehearsal", held.rehearsal.folder)
    return run(*base, "--yes", NAME, "--runs", folder, *words)


def rolled_back(folder: Path, *words: object) -> Result:
    """A rollback by the command."""
    return run("rollback", "--database", DATABASE, "--yes", NAME, "--runs", folder, *words)


def test_the_whole_day(held: Fleet, tmp_path: Path) -> None:
    held.rehearsal.note(step_seconds=dict.fromkeys(STEPS, 1.5))
    key = tmp_path / "key.pem"
    signer = signing.Signer("Ida", "operator", signing.load_or_make_key(key))
    signing.sign_folder(held.rehearsal.folder, signer)
    public = ("--signed-by", signing.public_key_path(key), "--backup-age", "1")
    facts = json.loads(planned(held, "--json", *public).stdout)
    assert facts["token"] == token(held, *public) and facts["open_points"] == []
    predicted = [*facts["predicted"].values()]
    told = planned(held, *public).stdout.splitlines()[-3:-1]
    for seconds, line in zip(predicted, told, strict=True):
        assert f" {seconds:,.2f} s " in line

    tried = applied(held, tmp_path, "--dry-run", "--wait-for-lock", "0.1", "--json")
    assert tried.exit_code == 0, tried.output
    said = json.loads(tried.stdout)
    assert not said["committed"] and "undone" in said["sentence"]

    also = tmp_path / "also.sql"
    also.write_text("COMMENT ON SCHEMA legacy IS 'until the end of the year';")
    accept = tmp_path / "accepted.toml"
    accept.write_text("")
    choices = ("--also", also, "--accept", accept)
    approved = token(held, *choices)
    assert approved != facts["token"]  # the operator's text is part of what is approved
    done = applied(held, tmp_path, "--approve", approved, *choices)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(f"APPLIED  {NAME}")
    page = next(tmp_path.glob("*/apply.html"))
    assert page.stat().st_mode & 0o077 == 0
    kept = json.loads(page.with_suffix(".json").read_text())
    assert kept["predicted"] == facts["predicted"]
    assert kept["measured"].keys() == kept["predicted"].keys()
    for who, seconds in kept["measured"].items():  # both, beside each other on the page
        assert f"<td>{kept['predicted'][who]:.2f}</td><td>{seconds:.3f}</td>" in page.read_text()

    state = run("status", "--database", DATABASE, "--check", "--json")
    assert state.exit_code == 0, state.output
    assert json.loads(state.stdout)["state"] == "applied"
    assert planned(held).exit_code == 3  # a second apply

    held.execute("INSERT INTO public.tenants (name) VALUES ('Since')")
    plan = run("rollback", "--database", DATABASE, "--plan", "--json")
    assert json.loads(plan.stdout)["rows_written_since"] == 1
    refused = rolled_back(tmp_path)
    assert refused.exit_code == 3 and "--discard 1" in refused.stderr
    assert rolled_back(tmp_path, "--discard", "2").exit_code == 3
    assert rolled_back(tmp_path, "--discard", "1", "--carry").exit_code == 2
    gone = rolled_back(tmp_path, "--discard", "1", "--wait-for-lock", "0.1", "--json")
    assert gone.exit_code == 0, gone.output
    exported = Path(json.loads(gone.stdout)["run"]) / "discarded"
    sums = dict(line.split()[::-1] for line in (exported / "SHA256SUMS").read_text().splitlines())
    for name, known in sums.items():
        assert hashlib.sha256((exported / name).read_bytes()).hexdigest() == known
    assert "Since" in (exported / "tenants.csv").read_text()
    assert "rolled back" in run("status", "--database", DATABASE).stdout


def test_apply_asks_for_one_way_and_for_the_name(held: Fleet, tmp_path: Path) -> None:
    base = ("apply", "--database", DATABASE, "--rehearsal", held.rehearsal.folder)
    assert run(*base).exit_code == 2
    assert run(*base, "--plan", "--dry-run").exit_code == 2
    for name in ("", "another"):
        wrong = run(*base, "--dry-run", "--yes", name, "--runs", tmp_path / "none")
        assert wrong.exit_code == 3 and "--yes" in wrong.stderr
    assert run(*base, "--dry-run", "--yes", NAME, "--not-before", "late").exit_code == 2
    assert not (tmp_path / "none").exists()


def test_status_tells_damage_from_what_was_written(held: Fleet, tmp_path: Path) -> None:
    assert applied(held, tmp_path, "--approve", token(held)).exit_code == 0
    held.execute("INSERT INTO public.tenants (name) VALUES ('Written')")
    found = run("status", "--database", DATABASE, "--check")
    assert found.exit_code == 0 and "tenants: 1 row new" in found.stdout
    held.execute(
        "ALTER TABLE public.vehicle_events DISABLE TRIGGER USER",
        "SET LOCAL session_replication_role = replica",
        "DELETE FROM public.vehicle_events"
        " WHERE id = (SELECT min(id::text)::uuid FROM public.vehicle_events)",
    )
    found = run("status", "--database", DATABASE, "--check")
    assert found.exit_code == 1 and "DAMAGED      vehicle_events: 1 row gone" in found.stdout
    refused = rolled_back(tmp_path, "--carry")
    assert refused.exit_code == 3 and "gone" in refused.stderr
    assert rolled_back(tmp_path, "--discard", "2").exit_code == 0


def test_retire_lets_the_old_schema_go(server: Server, tmp_path: Path) -> None:
    with fleet(server, tmp_path, "fleet_to_retire") as held:
        folder = tmp_path / "backup"
        held.apply()
        words = ("retire", "--database", DATABASE, "--yes", "fleet_to_retire", "--runs", tmp_path)
        signed = (*words, "--by", "Ida", "--reason", "thirty days well")
        older = run(*signed, "--backup", held.rehearsal.backup)
        assert older.exit_code == 3 and "taken after the apply" in older.stderr
        assert run("backup", "--source", DATABASE, "--to", folder).exit_code == 0
        assert run(*words, "--by", " ", "--reason", "x", "--backup", folder).exit_code == 2
        held.execute("UPDATE legacy.tenants SET name = name || '.'")
        changed = run(*signed, "--backup", folder)
        assert changed.exit_code == 3 and "tenants" in changed.stderr
        held.execute("UPDATE legacy.tenants SET name = left(name, -1)")
        last = tmp_path / "last"
        assert run("backup", "--source", DATABASE, "--to", last).exit_code == 0
        held.execute("CREATE VIEW public.old_names AS SELECT name FROM legacy.tenants")
        hung = run(*signed, "--backup", last)
        assert hung.exit_code == 3 and "old_names" in hung.stderr
        held.execute("DROP VIEW public.old_names")
        done = run(*signed, "--backup", last, "--wait-for-lock", "0.1", "--json")
        assert done.exit_code == 0, done.output
        told = "15 functions, 1 materialized view, 11 reading views, 25 tables, 9 views"
        assert told in json.loads(done.stdout)["sentence"]
        assert held.state() == "retired"
        assert held.execute("SELECT retired_by, retired_reason FROM audit.application") == [
            ("Ida", "thirty days well")
        ]
        assert run("rollback", "--database", DATABASE, "--plan").exit_code == 3


@pytest.mark.parametrize("number", ["nan", "inf", "-1", "1e300"])
@pytest.mark.parametrize("option", ["--wait-for-lock", "--backup-age"])
def test_a_number_that_is_none_is_refused_before_anything(option: str, number: str) -> None:
    words = ("apply", "--database", DATABASE, "--rehearsal", "runs/x", "--plan", option, number)
    said = run(*words)
    assert said.exit_code == 2 and option in said.stderr
