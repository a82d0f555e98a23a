"""The key that signs: Ed25519, made on first use, readable by its owner only."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.signer import SSlibKey

from motomind_nb.core import FOLDER_MODE, MotomindError, naming_path

CONFIGURATION = "XDG_CONFIG_HOME"
PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Signer:
    """Who signs: a name, a role and a key."""

    name: str
    role: str
    key: Ed25519PrivateKey


def default_key_path() -> Path:
    """Return where the user's key lies: ``motomind`` in the folder of configurations."""
    named = os.environ.get(CONFIGURATION, "")
    folder = Path(named) if Path(named).is_absolute() else Path.home() / ".config"
    return folder / "motomind" / "signing_key.pem"


def public_key_path(private: Path) -> Path:
    """Return where the public half of a key lies: what others need, and may see."""
    return private.with_suffix(".pub")


def load_or_make_key(path: Path) -> Ed25519PrivateKey:
    """Return the key of a file, made with its public half where there is none.

    Writes: the two files, the private one for its owner only.
    Raises: MotomindError for a file that is no such key, or that others may read.
    """
    if not path.exists():
        _make_key(path)
    with naming_path(path):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            found = f"one that others may read (mode {stat.S_IMODE(path.stat().st_mode):04o})"
            raise MotomindError(str(path), "a key for its owner only", found, f"chmod 600 {path}")
        content = path.read_bytes()
    try:
        key = serialization.load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _no_key(path, "a private key without a password") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path, "a key of another kind")
    return key


def _make_key(path: Path) -> None:
    """Make a key. Writes: its file, its public half beside it, and their folder."""
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    with naming_path(path):
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "wb") as file:
            file.write(private)
        public_key_path(path).write_bytes(public)


def read_public_key(path: Path) -> SSlibKey:
    """Return the public key of a file. Raises: MotomindError when it holds none."""
    with naming_path(path):
        content = path.read_bytes()
    try:
        key = serialization.load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        raise _no_key(path, "a public key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise _no_key(path, "a key of another kind")
    return SSlibKey.from_crypto(key)


def _no_key(path: Path, found: str) -> MotomindError:
    """Return the error of a file that is no key of the kind that signs."""
    wanted = found if found.startswith(("a private", "a public")) else "an Ed25519 key"
    other = "none" if wanted == found else found
    return MotomindError(str(path), f"{wanted} (Ed25519, PEM)", other, "name another file")
