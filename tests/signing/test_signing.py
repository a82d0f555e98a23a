"""A signed run folder: good as it is, red after any change, unsigned without a signature."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from motomind_nb import signing
from motomind_nb.core import CheckFailed, MotomindError, NothingChecked, Refused

PEM = serialization.Encoding.PEM
PKCS8 = serialization.PrivateFormat.PKCS8


def key_file(path: Path) -> Path:
    signing.load_or_make_key(path)
    return path


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A small signed run folder; its key lies beside it."""
    run = tmp_path / "runs" / "Заезд 1"
    (run / "backup").mkdir(parents=True)
    (run / "verdict.json").write_text('{"verdict": "failed", "input": "abc"}')
    (run / "run.json").write_text("{}")
    (run / "backup" / "автобусы.csv.zst").write_bytes(bytes(range(256)))
    (run / "empty.csv").touch()
    key = signing.load_or_make_key(tmp_path / "key.pem")
    signing.sign_folder(run, signing.Signer("Zoë Ångström", "Betriebsleiterin", key))
    return run


def test_a_signed_run_is_good_and_says_who_signed(signed: Path, tmp_path: Path) -> None:
    for trusted in (None, signing.read_public_key(tmp_path / "key.pub")):
        found = signing.verify_folder(signed, trusted)
        assert found.signer["name"] == "Zoë Ångström"
        assert found.signer["role"] == "Betriebsleiterin"
        assert (found.result, found.input) == ("FAILED", "abc")
        assert sorted(found.checksums) == [
            "backup/автобусы.csv.zst",
            "empty.csv",
            "run.json",
            "verdict.json",
        ]


def test_every_flipped_byte_of_every_file_is_red(signed: Path) -> None:
    flipped = 0
    for path in sorted(item for item in signed.rglob("*") if item.is_file()):
        content = path.read_bytes()
        for place in range(len(content)):
            changed = bytearray(content)
            changed[place] ^= (0x01, 0x20, 0x80)[place % 3]
            path.write_bytes(bytes(changed))
            with pytest.raises(CheckFailed) as told:
                signing.verify_folder(signed, None)
            assert told.value.exit_code == 1
            assert told.value.subject == path.relative_to(signed).as_posix()
            flipped += 1
        path.write_bytes(content)
    signing.verify_folder(signed, None)
    assert flipped > 2000


def as_link(path: Path) -> None:
    other = path.with_name("elsewhere")
    shutil.move(path, path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")
    assert not other.exists()


CHANGES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "missing": (lambda run: (run / "empty.csv").unlink(), "empty.csv", "none"),
    "new": (lambda run: (run / "backup" / "new.csv").touch(), "backup/new.csv", "a new one"),
    "hidden": (lambda run: (run / ".extra").write_text("x"), ".extra", "a new one"),
    "a link": (lambda run: as_link(run / "run.json"), "run.json", "no regular file"),
    "a pipe": (lambda run: os.mkfifo(run / "pipe"), "pipe", "a new one"),
    "linked folder": (lambda run: (run / "more").symlink_to("/etc"), "more", "a new one"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_first_file_that_is_not_as_signed_is_named(name: str, signed: Path) -> None:
    change, subject, found = CHANGES[name]
    change(signed)
    with pytest.raises(CheckFailed) as told:
        signing.verify_folder(signed, None)
    assert (told.value.subject, told.value.found) == (subject, found)


def test_a_name_that_moved_to_another_content_is_red(signed: Path) -> None:
    (signed / "empty.csv").rename(signed / "leer.csv")
    with pytest.raises(CheckFailed, match=r"^empty\.csv"):
        signing.verify_folder(signed, None)


def test_another_key_is_not_the_trusted_one(signed: Path, tmp_path: Path) -> None:
    other = key_file(tmp_path / "other" / "key.pem")
    with pytest.raises(CheckFailed, match="which calls itself Zoë"):
        signing.verify_folder(signed, signing.read_public_key(signing.public_key_path(other)))


def test_a_forged_signer_is_red(signed: Path) -> None:
    """The statement rewritten with another name under the old signature."""
    import base64

    path = signed / signing.SIGNATURE
    envelope = json.loads(path.read_text())
    statement = json.loads(base64.b64decode(envelope["payload"]))
    statement["predicate"]["signer"]["name"] = "Somebody else"
    envelope["payload"] = base64.b64encode(json.dumps(statement).encode()).decode()
    path.write_text(json.dumps(envelope, indent=2) + "\n")
    with pytest.raises(CheckFailed, match="not of these files"):
        signing.verify_folder(signed, None)


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def signature_in(text: str) -> str:
    (one,) = json.loads(text)["signatures"]
    found = str(one["sig"])
    assert found.endswith("==")
    return found


def next_letter(signature: str) -> str:
    return LETTERS[LETTERS.index(signature[-3]) + 1]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + " ",
        lambda text: text.replace('"sig"', '"note": "x", "sig"'),
        lambda text: text.replace('"payloadType"', '"payloadtype"'),
        lambda _: "[]",
        lambda _: "",
        lambda _: "[" * 100_000,
        # base64 that means the same bytes: its last letter has two bits that nobody reads
        lambda text: text.replace(
            signature_in(text), signature_in(text)[:-3] + next_letter(signature_in(text)) + "=="
        ),
    ],
)
def test_a_signature_of_another_form_is_red(signed: Path, change: Callable[[str], str]) -> None:
    path = signed / signing.SIGNATURE
    path.write_text(change(path.read_text()))
    with pytest.raises(CheckFailed, match=r"^signature\.json"):
        signing.verify_folder(signed, None)


def test_a_name_commands_no_terminal(signed: Path, tmp_path: Path) -> None:
    (signed / signing.SIGNATURE).unlink()
    key = signing.load_or_make_key(tmp_path / "key.pem")
    signing.sign_folder(signed, signing.Signer("\x1b[2JAda\nGOOD", "\u202eboss", key))
    said = signing.verify_folder(signed, None).signer
    assert not set("\x1b\n\u202e") & set(said["name"] + said["role"]) and "Ada" in said["name"]


def test_without_a_signature_nothing_was_checked(signed: Path) -> None:
    (signed / signing.SIGNATURE).unlink()
    with pytest.raises(NothingChecked) as told:
        signing.verify_folder(signed, None)
    assert told.value.exit_code == 4


def test_the_statement_is_an_in_toto_test_result(signed: Path) -> None:
    import base64

    envelope = json.loads((signed / signing.SIGNATURE).read_text())
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    statement = json.loads(base64.b64decode(envelope["payload"]))
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicateType"] == "https://in-toto.io/attestation/test-result/v0.1"
    assert statement["predicate"]["result"] == "FAILED"
    assert statement["predicate"]["configuration"][0]["name"] == "run.json"
    assert all(len(item["digest"]["sha256"]) == 64 for item in statement["subject"])


@pytest.mark.parametrize("verdict", ["error", "refused", "nothing checked", ""])
def test_only_a_finished_run_is_signed(signed: Path, tmp_path: Path, verdict: str) -> None:
    (signed / signing.SIGNATURE).unlink()
    (signed / "verdict.json").write_text(json.dumps({"verdict": verdict}))
    key = signing.load_or_make_key(tmp_path / "key.pem")
    with pytest.raises(Refused, match="passed or failed"):
        signing.sign_folder(signed, signing.Signer("n", "r", key))
    assert not (signed / signing.SIGNATURE).exists()


def test_a_signed_run_is_not_signed_again(signed: Path, tmp_path: Path) -> None:
    before = (signed / signing.SIGNATURE).read_bytes()
    key = signing.load_or_make_key(tmp_path / "key.pem")
    with pytest.raises(Refused, match="not yet signed"):
        signing.sign_folder(signed, signing.Signer("n", "r", key))
    assert (signed / signing.SIGNATURE).read_bytes() == before


def test_a_link_is_not_signed(signed: Path, tmp_path: Path) -> None:
    (signed / signing.SIGNATURE).unlink()
    (signed / "link").symlink_to(signed / "run.json")
    key = signing.load_or_make_key(tmp_path / "key.pem")
    with pytest.raises(MotomindError, match=r"^link"):
        signing.sign_folder(signed, signing.Signer("n", "r", key))


def test_the_key_is_made_once_and_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "einstellungen"))
    path = signing.default_key_path()
    assert path == tmp_path / "einstellungen" / "motomind" / "signing_key.pem"
    old = os.umask(0)
    try:
        first = signing.load_or_make_key(path)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert signing.load_or_make_key(path).private_bytes_raw() == first.private_bytes_raw()
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    assert signing.default_key_path().is_relative_to(Path.home())


def pem(key: object, password: bytes = b"") -> bytes:
    encryption = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    return key.private_bytes(PEM, PKCS8, encryption)  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a key",
        pem(rsa.generate_private_key(65537, 2048)),
        pem(ed25519.Ed25519PrivateKey.generate(), b"geheim"),
    ],
    ids=["empty", "text", "rsa", "with a password"],
)
def test_a_file_that_is_no_key_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ключ.pem"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(MotomindError, match="Ed25519"):
        signing.load_or_make_key(path)
    with pytest.raises(MotomindError, match="Ed25519"):
        signing.read_public_key(path)
    assert path.read_bytes() == content


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = key_file(tmp_path / "key.pem")
    path.chmod(0o640)
    with pytest.raises(MotomindError, match="chmod 600"):
        signing.load_or_make_key(path)
