"""A backup's manifest: what the 35 objects are, how many rows each holds, and its fingerprint.

A backup folder holds ``tables/<name>.csv.zst``, ``views/<name>.csv.zst`` (rows kept as evidence),
``SHA256SUMS`` (``sha256sum -c SHA256SUMS`` verifies the folder without this package) and, written
last, ``manifest.json``: a folder without it is half-written.
"""

from motomind_nb.manifest.capture import capture, fingerprint, relations
from motomind_nb.manifest.copy_errors import in_copy
from motomind_nb.manifest.export import Source, write_objects
from motomind_nb.manifest.files import new_folder, read, verify, write
from motomind_nb.manifest.model import (
    Column,
    Definition,
    Manifest,
    Object,
    in_catalog_order,
)

__all__ = [
    "Column", "Definition", "Manifest", "Object", "Source", "capture",
    "fingerprint", "in_catalog_order", "in_copy", "new_folder", "read", "relations",
    "verify", "write", "write_objects",
]  # fmt: skip
