"""A backup of a database after a migration in place is that of its 35 objects in schema legacy."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from applied import apply_by_hand
from conftest import clone, execute
from loads import loaded_template
from typer.testing import CliRunner, Result

from motomind_nb import backup
from motomind_nb.backup import Manifest
from motomind_nb.cli import app
from motomind_nb.core import Refused
from motomind_nb.postgres import Server


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def contents(held: Manifest) -> Counter[tuple[str, ...]]:
    """What a backup says of its source: rows, fingerprints and every definition, schema or not."""
    lines = [("rows", item.name, f"{item.rows} {item.fingerprint}") for item in held.objects]
    lines += [
        (item.name, one.kind, one.name, one.text)
        for item in held.objects
        for one in item.definitions
    ]
    return Counter((*lines, *(("", one.kind, one.name, one.text) for one in held.definitions)))


def test_an_applied_database_is_backed_up_as_it_was_before(
    sample_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backup.take_backup(sample_database, tmp_path / "before")
    apply_by_hand(sample_database)
    monkeypatch.setenv("LIVE", sample_database)
    result = run("backup", "--source", "env:LIVE", "--to", tmp_path / "after")
    assert result.exit_code == 0, result.output
    after = backup.verify_backup(tmp_path / "after")
    assert (before.schema, after.schema) == ("public", "legacy")
    assert after.fingerprint == before.fingerprint and after.rows() == before.rows() > 70
    assert contents(after) - contents(before) == contents(before) - contents(after) == Counter()


def test_the_rebuilt_objects_are_no_strangers_to_the_backup(
    sample_database: str, tmp_path: Path
) -> None:
    apply_by_hand(sample_database)
    execute(
        sample_database,
        "CREATE SCHEMA billing",
        "CREATE VIEW billing.old AS SELECT id FROM legacy.vehicles",
        "CREATE VIEW billing.new AS SELECT id FROM public.vehicles",
        "CREATE FUNCTION billing.count_old() RETURNS bigint LANGUAGE sql"
        " AS 'SELECT count(*) FROM legacy.users'",
        "CREATE FUNCTION billing.count_new() RETURNS bigint LANGUAGE sql"
        " AS 'SELECT count(*) FROM users'",
    )
    held = backup.take_backup(sample_database, tmp_path / "backup", applied=True)
    assert held.unknown == ()
    names = {item.name for item in held.outside if item.name.startswith("billing.")}
    assert names == {"billing.old", "billing.count_old()"}


def test_the_target_of_a_rehearsal_is_no_applied_database(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for conninfo in clone(server, loaded_template(server, "sample")):
        monkeypatch.setenv("COPY", conninfo)
        result = run("backup", "--source", "env:COPY", "--to", tmp_path / "backup")
    assert result.exit_code == 3 and not (tmp_path / "backup").exists()
    assert "name the legacy database, not a rebuilt or another one" in result.stderr


def test_an_audit_takes_no_applied_database_for_its_source(
    sample_database: str, tmp_path: Path
) -> None:
    apply_by_hand(sample_database)
    with pytest.raises(Refused, match="35 objects in schema public"):
        backup.take_backup(sample_database, tmp_path / "backup")


def test_a_role_that_may_not_use_schema_legacy_is_told_which_objects(
    sample_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply_by_hand(sample_database)
    execute(sample_database, "CREATE ROLE looks_only LOGIN")
    try:
        monkeypatch.setenv("LIVE", f"{sample_database} user=looks_only")
        result = run("backup", "--source", "env:LIVE", "--to", tmp_path / "backup")
    finally:
        execute(sample_database, "DROP ROLE looks_only")
    assert result.exit_code == 2
    assert "expected the right to SELECT" in result.stderr
