"""A backup is taken: from one snapshot, by two connections, manifest last."""

from motomind_nb.backup.taking.export import Source, write_objects
from motomind_nb.backup.taking.images import image_findings
from motomind_nb.backup.taking.take import take_backup

__all__ = [
    "Source",
    "image_findings",
    "take_backup",
    "write_objects",
]
