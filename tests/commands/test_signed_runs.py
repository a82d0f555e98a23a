"""motomind sign and verify as a user meets them: lines, one object, exit codes, a stale source."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from report_example import folder as example_folder
from typer.testing import CliRunner, Result

from motomind_nb import backup
from motomind_nb.cli import app
from motomind_nb.postgres import connect


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def one_object(result: Result) -> dict[str, object]:
    """What a command printed on standard output, which must be one object and no more."""
    facts: dict[str, object] = json.loads(result.stdout)
    return facts


@pytest.fixture(autouse=True)
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "motomind"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished run."""
    path = example_folder(tmp_path / "runs" / "lauf", verdict="passed", input="0" * 32)
    facts = {"source": "sample", "target": "embedded", "database_name": "target"}
    (path / "run.json").write_text(json.dumps(facts))
    return path


def sign(folder: Path, *words: object) -> Result:
    return run("sign", "--run", folder, "--by", "Ayşe Demir", "--role", "işletme müdürü", *words)


def test_a_run_is_signed_and_verified(folder: Path, configuration: Path) -> None:
    signed = sign(folder)
    assert signed.exit_code == 0, signed.output
    assert "Ayşe Demir, işletme müdürü" in signed.output
    assert stat.S_IMODE((folder / "signature.json").stat().st_mode) == 0o600
    known = run("verify", folder)
    assert known.exit_code == 0 and "GOOD" in known.output
    assert "Ayşe Demir" in known.output and "nobody said" in known.output
    trusted = run("verify", folder, "--trust", configuration / "signing_key.pub")
    assert trusted.exit_code == 0 and "the trusted key" in trusted.output


def test_a_changed_file_is_named(folder: Path) -> None:
    sign(folder)
    with (folder / "ledger.csv").open("a") as file:
        file.write(" ")
    result = run("verify", folder)
    assert result.exit_code == 1 and "ledger.csv: expected sha256" in result.output
    facts = one_object(run("verify", folder, "--json"))
    assert (facts["verdict"], facts["object"]) == ("failed", "ledger.csv")


def test_a_run_that_nobody_signed_has_its_own_code(folder: Path, tmp_path: Path) -> None:
    assert run("verify", folder).exit_code == 4
    assert one_object(run("verify", folder, "--json"))["verdict"] == "nothing checked"
    assert run("verify", tmp_path / "no such").exit_code == 4


def test_a_named_key_is_made_and_another_is_not_trusted(folder: Path, tmp_path: Path) -> None:
    assert sign(folder, "--key", tmp_path / "anahtar.pem").exit_code == 0
    sign_other = example_folder(tmp_path / "runs" / "other")
    (sign_other / "run.json").write_text((folder / "run.json").read_text())
    assert sign(sign_other).exit_code == 0
    trust = tmp_path / "anahtar.pub"
    assert run("verify", folder, "--trust", trust).exit_code == 0
    assert run("verify", sign_other, "--trust", trust).exit_code == 1
    assert run("verify", folder, "--trust", tmp_path / "none.pub").exit_code == 2


@pytest.mark.parametrize("option", ["--by", "--role"])
def test_who_signs_says_a_name_and_a_role(folder: Path, option: str, configuration: Path) -> None:
    result = sign(folder, option, "  ")
    assert result.exit_code == 2 and f"{option}: expected a text" in result.output
    assert not configuration.exists() and not (folder / "signature.json").exists()


def test_what_cannot_be_signed_makes_no_key(folder: Path, configuration: Path) -> None:
    (folder / "verdict.json").write_text('{"verdict": "error"}')
    assert sign(folder).exit_code == 3
    assert run("sign", "--run", folder.parent, "--by", "x", "--role", "y").exit_code == 3
    assert not configuration.exists()


def test_verify_prints_one_object(folder: Path) -> None:
    sign(folder)
    facts = one_object(run("verify", folder, "--json"))
    assert facts["verdict"] == "passed" and facts["trusted"] is False
    assert facts["result"] == "PASSED" and facts["signer"]["role"] == "işletme müdürü"  # type: ignore[index]


def test_a_signature_is_stale_when_the_source_has_changed(
    folder: Path, sample_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A live database, then its backup: red after one value changed, green before."""
    held = backup.take_backup(sample_database, tmp_path / "backup", lambda *_: None)
    facts = json.loads((folder / "verdict.json").read_text())
    now = backup.read_manifest(tmp_path / "backup").fingerprint
    assert held is None or held.fingerprint == now
    (folder / "verdict.json").write_text(json.dumps({**facts, "input": now}))
    sign(folder)
    monkeypatch.setenv("FUHRPARK", sample_database)
    assert run("verify", folder, "--source", "env:FUHRPARK").exit_code == 0
    assert run("verify", folder, "--source", tmp_path / "backup").exit_code == 0
    with connect(sample_database) as connection:
        connection.execute("UPDATE vehicles SET year = year - 1")
    stale = run("verify", folder, "--source", "env:FUHRPARK", "--json")
    assert stale.exit_code == 1 and "stale" in str(one_object(stale)["found"])
    assert run("verify", folder).exit_code == 0
    assert run("verify", folder, "--source", "smaple").exit_code == 2
