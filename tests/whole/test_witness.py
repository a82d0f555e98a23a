"""The witness stays outside: what the database says of itself is compared with the run's folder."""

# ruff: noqa: E501 - a damage and its SQL read best on one line

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from planted import plant
from typer.testing import CliRunner

from motomind_nb import runs, stages
from motomind_nb.backup import files
from motomind_nb.cli import app
from motomind_nb.core import Finding, Refused, tables
from motomind_nb.postgres import Connection, Server, fingerprint
from motomind_nb.postgres.embedded.binaries import binaries
from motomind_nb.runs import Run
from motomind_nb.stages import record, witness

MakeRun = Callable[[str], Run]
QUIET = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
FUEL = "90000000-0000-4000-8000-000000000001"
READING = "80000000-0000-4000-8000-000000000001"


@dataclass(frozen=True)
class Checked:
    """How a check ended: the facts of verdict.json and the findings."""

    facts: dict[str, Any]
    findings: pd.DataFrame

    @property
    def failed(self) -> set[tuple[str, str]]:
        """Check and subject of each failure."""
        found = self.findings[self.findings["status"] == "fail"]
        return set(zip(found["check"], found["subject"], strict=True))


def follow(checked: Run, folder: Path) -> Run:
    """A new run that is to check another."""
    run = runs.create_run(folder, checked.source, checked.target)
    run = replace(run, database_name=checked.database_name)
    stages.adopt_finished_load(run, checked)
    return run


def check(checked: Run, folder: Path) -> Checked:
    """Check a finished load as the command does, without notebooks."""
    run = follow(checked, folder)
    stages.compare_rows(run)
    stages.compare_mileage(run)
    stages.run_architecture_proofs(run)
    facts = stages.conclude_with_verdict(run)
    return Checked(facts, tables.read_csv(run.folder / "findings.csv"))


def execute(connection: Connection, *statements: str) -> None:
    """Damage a target, past its triggers."""
    connection.execute("SET LOCAL session_replication_role = replica")
    for statement in statements:
        connection.execute(statement.encode())


def differing(connection: Connection, run: Run) -> set[str]:
    """What of a target is not as its run wrote it down."""
    found = list(witness.compare_with_load(connection, run))
    assert {item.check for item in found} == {"witness"}
    return {item.subject for item in found if item.status == "fail"}


def test_an_untouched_load_passes_and_is_checked_again(run_before: MakeRun, tmp_path: Path) -> None:
    run = run_before("03_row_counts")
    found = check(run, tmp_path / "elsewhere")
    assert found.facts["verdict"] == "passed" and found.failed == set()
    told = found.findings[found.findings["check"] == "witness"]
    assert set(told["status"]) == {"ok"}
    assert {"audit.run", "audit.quarantine", "audit.finding load"} <= set(told["subject"])
    assert found.facts["checks"]["note"] == (found.findings["status"] == "note").sum() > 0
    (of_check,) = (tmp_path / "elsewhere").iterdir()
    again = check(runs.open_run_folder(of_check), tmp_path / "again")
    assert again.facts == found.facts


DAMAGES = {
    "source_object emptied": ("DELETE FROM audit.source_object", "audit.source_object"),
    "its fingerprints NULL": (
        "UPDATE audit.source_object SET fingerprint = NULL",
        "audit.source_object",
    ),
    "source_object gone": ("DROP TABLE audit.source_object", "audit.source_object"),
    "a mark removed": ("DELETE FROM audit.disputed", "audit.disputed"),
    "a mark moved": ("UPDATE audit.disputed SET vehicle_id = gen_random_uuid()", "audit.disputed"),
    "a chain invented": (
        "INSERT INTO audit.later_chain VALUES ('x', gen_random_uuid(), gen_random_uuid(), 2)",
        "audit.later_chain",
    ),
    "a row put into quarantine": (
        "INSERT INTO audit.quarantine VALUES ('x', 'y', NULL, 'z', '', '{}')",
        "audit.quarantine",
    ),
    "an origin of another tenant": (
        f"UPDATE private.event_source SET tenant_id = gen_random_uuid() WHERE source_id = '{FUEL}'",
        "private.event_source",
    ),
    "a warning turned into ok": (
        "UPDATE audit.finding SET status = 'ok' WHERE stage = 'profile' AND status = 'warn'",
        "audit.finding profile",
    ),
    "a reason for acceptance added": (
        "UPDATE audit.finding SET accepted = 'yes' WHERE stage = 'load' AND position = 1",
        "audit.finding load",
    ),
    "a finding removed": (
        "DELETE FROM audit.finding WHERE stage = 'stage' AND position = 3",
        "audit.finding stage",
    ),
    "a finding added": (
        "INSERT INTO audit.finding SELECT run_id, stage, 9999, 'c', 's', '', '', 'ok', '', 0, 'd' FROM audit.finding WHERE stage = 'load' LIMIT 1",
        "audit.finding load",
    ),
    "the findings gone": ("DROP TABLE audit.finding", "audit.finding load"),
}


def test_what_the_load_wrote_is_compared_with_the_run_folder(run_before: MakeRun) -> None:
    run = run_before("03_row_counts")
    with run.connect() as connection:
        assert differing(connection, run) == set()
        for name, (damage, subject) in DAMAGES.items():
            with connection.transaction(force_rollback=True):
                execute(connection, damage)
                found = differing(connection, run)
                assert subject in found, name
                assert found == {subject} or name == "the findings gone", name
        assert differing(connection, run) == set()


def write_down_again(connection: Connection, table: str) -> None:
    """Make audit.source_object say what a staged table holds now."""
    number, mark = fingerprint(connection, ("legacy", table))
    connection.execute(
        "UPDATE audit.source_object SET rows = %s, fingerprint = %s WHERE object = %s",
        (number, mark, table),
    )


ALIKE = {
    "altered": (
        "fuel_logs",
        f"UPDATE legacy.fuel_logs SET total_amount = 77 WHERE id = '{FUEL}'",
        "UPDATE public.vehicle_events SET payload = payload || '{\"total_amount\": 77}',"
        f" legacy_row = legacy_row || '{{\"total_amount\": 77}}' WHERE id = '{FUEL}'",
    ),
    "deleted": (
        "odometer_readings",
        f"DELETE FROM legacy.odometer_readings WHERE id = '{READING}'",
        f"DELETE FROM public.vehicle_events WHERE id = '{READING}'",
        f"DELETE FROM private.event_source WHERE source_id = '{READING}'",
    ),
}


@pytest.mark.parametrize("how", ALIKE)
def test_a_row_changed_alike_everywhere_is_found(run_before: MakeRun, how: str) -> None:
    run = run_before("03_row_counts")
    table, *statements = ALIKE[how]
    with run.connect() as connection:
        execute(connection, *statements)
        write_down_again(connection, table)
    stages.compare_rows(run)
    found = stages.read_stage_findings(run, "row_counts").query("status == 'fail'")
    failed = set(zip(found["check"], found["subject"], strict=True))
    assert {("staged", table), ("witness", "audit.source_object")} <= failed
    if how == "deleted":
        assert {("ledger", table), ("witness", "private.event_source")} <= failed


def test_quarantine_altered_is_found(run_before: MakeRun) -> None:
    run = run_before("02_rebuild")
    with run.connect() as connection:
        plant(connection, "fuel_logs", "miles are not negative")
    stages.rebuild_and_load(run)
    with run.connect() as connection:
        assert differing(connection, run) == set()
        for change in ("reason = 'fine'", "tenant_id = gen_random_uuid()", "rule = 'x'"):
            with connection.transaction(force_rollback=True):
                execute(connection, f"UPDATE audit.quarantine SET {change}")
                assert differing(connection, run) == {"audit.quarantine"}


RECEIVER = """
CREATE FUNCTION audit.received() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {body} END $$;
CREATE TRIGGER received BEFORE INSERT ON audit.finding FOR EACH ROW EXECUTE FUNCTION audit.received();
"""
BODIES = {
    "fail becomes ok": "IF NEW.status = 'fail' THEN NEW.status := 'ok'; END IF; RETURN NEW;",
    "fail is dropped": "IF NEW.status = 'fail' THEN RETURN NULL; END IF; RETURN NEW;",
    "fail is accepted": "IF NEW.status = 'fail' THEN NEW.accepted := 'agreed'; END IF; RETURN NEW;",
    "nothing is taken": "RAISE EXCEPTION 'full';",
}


def test_a_trigger_on_the_findings_changes_no_verdict(run_before: MakeRun, tmp_path: Path) -> None:
    run = run_before("03_row_counts")
    with run.connect() as connection:
        damage = f"DELETE FROM public.vehicle_events WHERE id = '{FUEL}'"
        execute(connection, RECEIVER.format(body=BODIES["fail becomes ok"]), damage)
    found = check(run, tmp_path)
    assert found.facts["verdict"] == "failed"
    assert ("rows missing", "fuel_logs") in found.failed
    assert ("witness", "audit.finding row_counts") in found.failed


ITEMS = [Finding("c", "a", "1", "1", "ok"), Finding("c", "b", "1", "2", "fail")]


def test_whatever_becomes_of_the_copies_the_files_say_what_was_found(run_before: MakeRun) -> None:
    run = run_before("03_row_counts")
    with run.connect() as connection:
        for damage in ("SELECT 1", *(RECEIVER.format(body=body) for body in BODIES.values())):
            with connection.transaction(force_rollback=True):
                execute(connection, damage)
                connection.execute("SET LOCAL session_replication_role = origin")
                record.store_findings(connection, run, "row_counts", ITEMS)
                (told,) = witness.compare_copies(connection, run, ("row_counts",))
            kept = stages.read_stage_findings(run, "row_counts")
            assert kept["status"].tolist() == ["fail", "ok"]
            assert (told.status == "ok") == (damage == "SELECT 1"), told


def test_a_row_that_a_stage_did_not_find_is_told_by_its_kind(run_before: MakeRun) -> None:
    run = run_before("03_row_counts")
    with run.connect() as connection:
        record.store_findings(connection, run, "row_counts", ITEMS)
        for damage, said in (
            ("UPDATE audit.finding SET status = 'ok' WHERE subject = 'b'", "1 changed"),
            ("DELETE FROM audit.finding WHERE subject = 'b'", "1 missing"),
            (
                "INSERT INTO audit.finding SELECT run_id, stage, 3, check_name, 'z', '', '', 'ok',"
                " '', 0, '' FROM audit.finding WHERE subject = 'b'",
                "1 added",
            ),
            (
                "UPDATE audit.finding SET position = -position WHERE stage = 'row_counts'",
                "another order",
            ),
            ("UPDATE audit.finding SET stage = 'other' WHERE subject = 'a'", "1 missing"),
        ):
            with connection.transaction(force_rollback=True):
                execute(connection, damage)
                (told,) = witness.compare_copies(connection, run, ("row_counts",))
                assert (told.status, told.found) == ("fail", said)
        with connection.transaction(force_rollback=True):
            execute(connection, "UPDATE audit.finding SET stage = 'other' WHERE subject = 'a'")
            told = {item.subject: item for item in witness.compare_copies(connection, run)}
            assert told["audit.finding other"].found == "1 added"


def refusal(checked: Run, folder: Path) -> str:
    """The one line with which a check is refused."""
    with pytest.raises(Refused) as raised:
        run = follow(checked, folder)
        with run.connect() as connection:
            differing(connection, run)
    said = str(raised.value)
    assert "\n" not in said and raised.value.exit_code == 3
    return said


def test_a_damaged_file_of_the_backup_is_refused(run_before: MakeRun, tmp_path: Path) -> None:
    run = run_before("03_row_counts")
    file = run.backup / "tables" / "vin_cache.csv.zst"  # a dropped table: nothing else reads it
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert "tables/vin_cache.csv.zst" in refusal(run, tmp_path)


def test_another_backup_in_its_place_is_refused(run_before: MakeRun, tmp_path: Path) -> None:
    """It is whole and holds the same rows, but one definition of the source is gone from it."""
    run = run_before("03_row_counts")
    held = files.read_manifest(run.backup)
    first, *others = held.objects
    forged = replace(first, definitions=first.definitions[1:])
    files.write_manifest(run.backup, replace(held, objects=(forged, *others)))
    assert files.verify_backup(run.backup).fingerprint == held.fingerprint
    assert "the one that was loaded" in refusal(run, tmp_path)


def edit_load(run: Run) -> None:
    path = run.folder / "evidence" / "load.json"
    path.write_text(path.read_text().replace("0 rows", "1 rows"))


def remove_load(run: Run) -> None:
    (run.folder / "evidence" / "load.json").unlink()


def edit_findings(run: Run) -> None:
    path = run.folder / "evidence" / "findings" / "profile.json"
    path.write_text(path.read_text().replace('"warn"', '"ok"'))


def remove_findings(run: Run) -> None:
    (run.folder / "evidence" / "findings" / "load.json").unlink()


def edit_checksums(run: Run) -> None:
    noted = run.facts()["evidence"]
    run.note(evidence=dict.fromkeys(noted, "0" * 64))


def forget_checksums(run: Run) -> None:
    run.note(evidence="none")


def rename_identity(run: Run) -> None:
    """The file and its checksum in run.json, edited alike."""
    path = run.folder / "evidence" / "load.json"
    facts = {**json.loads(path.read_text()), "identity": "00000000-0000-4000-8000-000000000000"}
    runs.keep_evidence(run, "load.json", json.dumps(facts).encode())


@pytest.mark.parametrize(
    "edit",
    [
        edit_load,
        remove_load,
        edit_findings,
        remove_findings,
        edit_checksums,
        forget_checksums,
        rename_identity,
    ],
)
def test_edited_or_missing_evidence_is_refused_in_one_line(
    run_before: MakeRun, tmp_path: Path, edit: Callable[[Run], None]
) -> None:
    run = run_before("03_row_counts")
    edit(run)
    assert run.id in refusal(run, tmp_path)


@pytest.fixture
def two(run_before: MakeRun, tmp_path: Path) -> Iterator[tuple[Run, Run]]:
    """Two runs, each with a load of its own of the same backup."""
    first, started = run_before("03_row_counts"), run_before("02_rebuild")
    folder = shutil.copytree(started.folder, tmp_path / "two" / "20250101-000000-beef")
    second = replace(started, folder=folder)
    second.note(backup=str(folder / "backup"))
    stages.rebuild_and_load(second)
    yield first, second


def test_a_run_is_refused_on_the_database_of_another(two: tuple[Run, Run], tmp_path: Path) -> None:
    for one, other in (two, two[::-1]):
        follow(one, tmp_path / "own")
        exchanged = replace(one, database_name=other.database_name)
        exchanged.note(database_name=other.database_name)
        said = refusal(exchanged, tmp_path)
        assert f"the load of run {one.id}" in said and f"the load of run {other.id}" in said
        one.note(database_name=one.database_name)


def test_the_command_ends_with_3_on_the_database_of_another(
    two: tuple[Run, Run], server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    monkeypatch.setenv("OTHER", server.conninfo(second.database_name))
    words = ["check", "--run", str(first.folder), "--target", "env:OTHER"]
    done = CliRunner().invoke(app, [*words, "--runs", str(tmp_path / "checks")])
    assert done.exit_code == 3 and f"the load of run {second.id}" in done.output
    (folder,) = (tmp_path / "checks").iterdir()
    facts = json.loads((folder / "verdict.json").read_text())
    assert facts["verdict"] == "refused" and not (folder / "findings.csv").exists()


def test_a_database_that_does_not_say_whose_it_is_is_refused(
    run_before: MakeRun, tmp_path: Path
) -> None:
    """Where the whole table is gone the check goes on: see stages/test_objects_gone.py."""
    run = run_before("03_row_counts")
    with run.connect() as connection:
        execute(connection, "DELETE FROM audit.run")
    assert "no record of a load" in refusal(run, tmp_path)


def dumped_and_restored(server: Server, name: str, copy: str) -> None:
    """Restore a dump of a database into a new one, as anybody does."""
    folder = binaries()
    words = ["-h", str(server.socket), "-U", "postgres"]
    dump = subprocess.run(
        [folder / "pg_dump", *words, name], capture_output=True, check=True, env=QUIET
    )
    server.create_database(copy)
    subprocess.run(
        [folder / "psql", *words, "-Xqd", copy, "-v", "ON_ERROR_STOP=1"],
        input=dump.stdout,
        capture_output=True,
        check=True,
        env=QUIET,
    )


@pytest.mark.parametrize("how", ["clone", "restored dump"])
def test_a_copy_is_still_the_database_of_its_run(
    run_before: MakeRun, server: Server, tmp_path: Path, how: str
) -> None:
    run = run_before("03_row_counts")
    name = f"{run.database_name}_copy"
    try:
        if how == "clone":
            server.create_database(name, run.database_name)
        else:
            dumped_and_restored(server, run.database_name, name)
        copy = replace(run, database_name=name)
        copy.note(database_name=name)
        if how == "clone":
            with follow(copy, tmp_path).connect() as connection:
                assert differing(connection, copy) == set()
        else:
            found = check(copy, tmp_path)
            assert found.facts["verdict"] == "passed", found.failed
    finally:
        server.drop_database(name)
