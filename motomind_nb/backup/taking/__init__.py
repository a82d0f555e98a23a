"""A backup is taken: from one snapshot, by two connections, manifest last."""

from motomind_nb.backup.taking.export import Source, write_objects
from motomind_nb.backup.taking.images import check_images_are_stored
from motomind_nb.backup.taking.take import count_rows, describe_source, take_backup
from motomind_nb.backup.taking.view_reader import KEPT_AS_TEXT

__all__ = [
    "KEPT_AS_TEXT",
    "Source",
    "check_images_are_stored",
    "count_rows",
    "describe_source",
    "take_backup",
    "write_objects",
]
