"""The staged copy: the backup restored into schema legacy and proved equal to its manifest.

A backup is worth what can be restored from it, so nothing is rehearsed on the source: everything
after this works on rows that came out of the backup.
"""

from motomind_nb.staging.restore import record_source, restore_backup
from motomind_nb.staging.restoring import Restored, restore_into_database
from motomind_nb.staging.target import refuse_target

__all__ = [
    "Restored",
    "record_source",
    "refuse_target",
    "restore_backup",
    "restore_into_database",
]
