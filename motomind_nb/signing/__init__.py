"""Who answers for a run: a signature over every file of its folder, verified offline.

It covers the sha256 of each file, so that whoever gets the folder can tell whether it is still the
one that was signed.
"""

from motomind_nb.signing.keys import (
    Signer,
    default_key_path,
    load_or_make_key,
    public_key_path,
    read_public_key,
)
from motomind_nb.signing.signature import SIGNATURE, refuse_unsignable, sign_folder
from motomind_nb.signing.verification import Verified, read_signature, verify_folder

__all__ = [
    "SIGNATURE",
    "Signer",
    "Verified",
    "default_key_path",
    "load_or_make_key",
    "public_key_path",
    "read_public_key",
    "read_signature",
    "refuse_unsignable",
    "sign_folder",
    "verify_folder",
]
