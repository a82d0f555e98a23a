"""The backup: a folder with one verified file for each object, and its manifest.

It is taken from one snapshot by two connections that lock the tables first, because to a snapshot
older than the lock a table that is rewritten meanwhile looks empty. The manifest is written last:
a folder without one is no backup. The original export's JSON comes in and goes out here, too.
"""

from motomind_nb.backup.files import checksum_of_all, read_manifest, verify_backup
from motomind_nb.backup.from_json import convert_json
from motomind_nb.backup.manifest import Dependent, Manifest, SuspectedLoss
from motomind_nb.backup.proof import compare_json_with_backup, read_back_all_rows
from motomind_nb.backup.taking import (
    KEPT_AS_TEXT,
    check_images_are_stored,
    count_rows,
    describe_source,
    take_backup,
)
from motomind_nb.backup.to_json import write_json_file
from motomind_nb.backup.unpacking import unpacked

__all__ = [
    "KEPT_AS_TEXT",
    "Dependent",
    "Manifest",
    "SuspectedLoss",
    "check_images_are_stored",
    "checksum_of_all",
    "compare_json_with_backup",
    "convert_json",
    "count_rows",
    "describe_source",
    "read_back_all_rows",
    "read_manifest",
    "take_backup",
    "unpacked",
    "verify_backup",
    "write_json_file",
]
