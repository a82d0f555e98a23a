"""SOURCE and TARGET: what a text names is decided once, by class, and never stores a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from motomind_nb.core import MotomindError
from motomind_nb.runs import (
    BackupFolder,
    Embedded,
    JsonFile,
    LiveDatabase,
    Named,
    Sample,
    Source,
    Target,
    Unusable,
)

SECRET = "postgresql://me:hunter2@db.example.com/x"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("sample", Sample),
        ("sample:traps", Sample),
        ("sample:unmapped", Sample),
        ("env:LEGACY", LiveDatabase),
        ("service:motomind", LiveDatabase),
    ],
)
def test_a_name_is_a_sample_or_a_database(text: str, kind: type[Source]) -> None:
    source = Source.parse(text)
    assert type(source) is kind
    assert source.text == source.label == text
    assert Source.stored(text) == source


def test_a_path_is_a_backup_or_an_export_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "export.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    folder, file = Source.parse("kept"), Source.parse("./export.json")
    assert isinstance(folder, BackupFolder) and isinstance(file, JsonFile)
    monkeypatch.chdir("/")
    assert Source.parse(folder.text) == folder and Source.parse(file.text) == file
    assert (folder.label, file.label) == ("kept", "export.json")


@pytest.mark.parametrize(
    "text", ["", "smaple", "sample:", "sample:none", "no/such", "ENV:X", SECRET]
)
def test_what_names_nothing_is_one_line_and_keeps_no_secret(text: str) -> None:
    with pytest.raises(MotomindError) as raised:
        Source.parse(text)
    assert raised.value.exit_code == 2 and "hunter2" not in str(raised.value)
    kept = Source.stored(text)
    assert isinstance(kept, Unusable)
    assert "hunter2" not in kept.text + kept.label


def test_a_text_that_is_nearly_a_source_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "garage_backup").mkdir()
    monkeypatch.setenv("OLD_DATABASE", SECRET)
    meant = {
        "smaple": "did you mean sample?",
        "sample:tarps": "did you mean sample:traps?",
        "OLD_DATABASE": "did you mean env:OLD_DATABASE?",
        "envOLD_DATABASE": "did you mean env:OLD_DATABASE?",
        str(tmp_path / "garage_bakcup"): f"did you mean {tmp_path / 'garage_backup'}?",
        "nothing like it": "check the spelling and the path",
    }
    for text, advice in meant.items():
        with pytest.raises(MotomindError) as raised:
            Source.parse(text)
        assert raised.value.action == advice
        assert "hunter2" not in str(raised.value)


def test_a_source_that_is_gone_is_still_named(tmp_path: Path) -> None:
    gone = Source.stored(str(tmp_path / "gone"))
    assert isinstance(gone, Unusable) and gone.label == "gone"


def test_without_a_target_it_is_the_embedded_server() -> None:
    assert Target.parse("") == Target.parse("embedded") == Embedded()
    assert Target.parse("env:TARGET") == Named("env:TARGET")
    assert Target.stored("embedded") == Embedded()


def test_a_connection_string_is_no_target_and_is_not_kept() -> None:
    with pytest.raises(MotomindError) as raised:
        Target.parse(SECRET)
    assert raised.value.exit_code == 2 and "hunter2" not in str(raised.value)
    assert "hunter2" not in Target.stored(SECRET).text


@pytest.mark.parametrize("text", ["TARGET", "env:", "env:NOT_SET_ANYWHERE", "service:"])
def test_a_target_that_names_no_database_says_so_when_it_is_used(text: str) -> None:
    target = Target.parse(text)
    assert isinstance(target, Named)
    with pytest.raises(MotomindError):
        target.conninfo()
