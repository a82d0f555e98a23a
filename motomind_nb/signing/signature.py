"""A run folder signed: one in-toto Statement over all of its files in a DSSE envelope."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner

from motomind_nb.core import MotomindError, Refused, naming_path, read_json_or_empty
from motomind_nb.signing import files
from motomind_nb.signing.keys import Signer

SIGNATURE = "signature.json"
PAYLOAD = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"
RESULTS = {"passed": "PASSED", "failed": "FAILED"}  # the words of the predicate


def sign_folder(folder: Path, signer: Signer) -> Path:
    """Sign all files of a finished run; return the signature's file.

    Writes: signature.json, for its owner only.
    Raises: Refused for a run without a verdict of passed or failed, or one that is signed.
    """
    path = folder / SIGNATURE
    verdict = refuse_unsignable(folder)
    statement = _statement(folder, verdict, signer)
    envelope = Envelope(json.dumps(statement).encode(), PAYLOAD, {})
    envelope.sign(CryptoSigner(signer.key))
    with naming_path(path):
        path.touch(mode=0o600)
        path.write_bytes(envelope_bytes(envelope))
    return path


def envelope_bytes(envelope: Envelope) -> bytes:
    """Return an envelope as the bytes of its file: one way to write it, and no other."""
    return (json.dumps(envelope.to_dict(), indent=2) + "\n").encode()


def refuse_unsignable(folder: Path) -> dict[str, Any]:
    """Return the facts of the verdict that is to be signed. Reads only.

    Raises: Refused for a run without a verdict of passed or failed, or one that is signed.
    """
    if (folder / SIGNATURE).exists():
        raise Refused(
            f"run {folder.name}",
            "a run that is not yet signed",
            SIGNATURE,
            f"verify it, or delete {SIGNATURE} and sign anew",
        )
    try:
        facts = read_json_or_empty(folder / "verdict.json")
    except ValueError:
        facts = {}
    if facts.get("verdict") not in RESULTS:
        raise Refused(
            f"run {folder.name}",
            "a verdict of passed or failed",
            str(facts.get("verdict", "none")),
            "sign a run that was finished",
        )
    return facts


def _statement(folder: Path, verdict: dict[str, Any], signer: Signer) -> dict[str, Any]:
    """Return the in-toto Statement: every file with its checksum, the result, who signs and when.

    Raises: MotomindError for a file that can't be signed.
    """
    known = files.checksums(folder, SIGNATURE)
    for name, checksum in known.items():
        if checksum == files.NO_FILE:
            raise MotomindError(name, "a file", checksum, "take it out of the run folder")
    return {
        "_type": STATEMENT,
        "subject": [{"name": name, "digest": {"sha256": known[name]}} for name in known],
        "predicateType": PREDICATE,
        "predicate": {
            "result": RESULTS[verdict["verdict"]],
            "configuration": [
                {"name": name, "digest": {"sha256": known[name]}} for name in ("run.json",)
            ],
            "signer": {
                "name": signer.name,
                "role": signer.role,
                "time": datetime.now(UTC).isoformat(timespec="seconds"),
                "publicKey": _public_text(signer),
            },
            "input": verdict.get("input", ""),
        },
    }


def _public_text(signer: Signer) -> str:
    """Return the public half of a key as PEM."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return signer.key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()
