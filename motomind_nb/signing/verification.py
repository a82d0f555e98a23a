"""A signed run folder looked at again, offline: is every byte still the one that was signed?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

from motomind_nb.core import CheckFailed, MotomindError, NothingChecked, as_one_line, naming_path
from motomind_nb.signing import files
from motomind_nb.signing.signature import (
    PAYLOAD,
    PREDICATE,
    SIGNATURE,
    STATEMENT,
    envelope_bytes,
)

# what the parsers of JSON, base64, envelopes and keys say of a text that nobody signed
UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    UnsupportedAlgorithm,
)
EDITED = "what lies in a signed run folder is never edited; ask for the folder again"


@dataclass(frozen=True)
class Verified:
    """What a signature says: who signed with which key, the result, the input, all files."""

    signer: dict[str, str]
    key_id: str
    result: str
    input: str
    checksums: dict[str, str]


def verify_folder(folder: Path, trusted: SSlibKey | None) -> Verified:
    """Return what the signature of a run folder says, when all files are as signed. Reads only.

    Without a trusted key the one that signed is taken from the signature: that says that nothing
    changed since, and not who signed.
    Raises: NothingChecked without a signature; CheckFailed, naming the first file that differs,
    is missing or is new.
    """
    signed = read_signature(folder, trusted)
    found = files.checksums(folder, SIGNATURE)
    for name in sorted({*signed.checksums, *found}):
        if found.get(name) != signed.checksums.get(name):
            raise _differing(name, signed.checksums.get(name), found.get(name))
    return signed


def _differing(name: str, signed: str | None, found: str | None) -> MotomindError:
    """Return the error of the first file that is not as signed."""
    if signed is None:
        return CheckFailed(name, "the files that were signed", "a new one", EDITED)
    if found is None:
        return CheckFailed(name, "the file that was signed", "none", EDITED)
    return CheckFailed(name, f"sha256 {signed}", found, EDITED)


def read_signature(folder: Path, trusted: SSlibKey | None = None) -> Verified:
    """Return what a signature says, when the key signed it and no byte of it changed. Reads only.

    Raises: NothingChecked without a signature; CheckFailed when it is damaged or of another key.
    """
    path = folder / SIGNATURE
    if not path.is_file():
        raise NothingChecked(
            f"run {folder.name}", SIGNATURE, "none", "sign it with motomind sign --run"
        )
    with naming_path(path):
        content = path.read_bytes()
    try:
        envelope, statement = _parsed(content)
        key = _key_of(statement["predicate"]["signer"]["publicKey"])
        verified = _verified(statement, key.keyid)
    except UNREADABLE:
        raise _damaged("another text") from None
    if trusted is not None and trusted.keyid != key.keyid:
        found = f"one of key {key.keyid[:16]}, which calls itself {verified.signer['name']}"
        wanted = f"a signature of the trusted key {trusted.keyid[:16]}"
        raise CheckFailed(SIGNATURE, wanted, found, "ask who signed")
    try:
        envelope.verify([trusted or key], 1)
    except VerificationError:
        raise _damaged("a signature that is not of these files") from None
    return verified


def _damaged(found: str) -> CheckFailed:
    """Return the error of a signature that is not as it was written."""
    return CheckFailed(SIGNATURE, "the signature as it was written", found, EDITED)


def _parsed(content: bytes) -> tuple[Envelope, dict[str, Any]]:
    """Return the envelope of a signature's file and its statement.

    Raises: ValueError and the like for any text but the one that signing writes: base64 and JSON
    know several ways to write the same.
    """
    envelope = Envelope.from_dict(json.loads(content))
    (signature,) = envelope.signatures.values()
    statement = json.loads(envelope.payload)
    kinds = (envelope.payload_type, statement["_type"], statement["predicateType"])
    if (
        envelope_bytes(envelope) != content
        or signature.unrecognized_fields
        or kinds != (PAYLOAD, STATEMENT, PREDICATE)
    ):
        raise ValueError
    return envelope, statement


def _key_of(text: str) -> SSlibKey:
    """Return the public key that a statement names. Raises: ValueError when it is none."""
    key = serialization.load_pem_public_key(text.encode())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError
    return SSlibKey.from_crypto(key)


def _verified(statement: dict[str, Any], key_id: str) -> Verified:
    """Return what a statement says; a terminal that shows it has nothing to obey."""
    predicate, subjects = statement["predicate"], statement["subject"]
    signer = {name: as_one_line(predicate["signer"][name]) for name in ("name", "role", "time")}
    return Verified(
        signer,
        key_id,
        as_one_line(predicate["result"]),
        as_one_line(predicate["input"]),
        {item["name"]: item["digest"]["sha256"] for item in subjects},
    )
