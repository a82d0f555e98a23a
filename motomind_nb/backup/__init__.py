"""Take a backup of the legacy database, and write one in the shape of the original export."""

from motomind_nb.backup.original_shape import to_json
from motomind_nb.backup.take import take

__all__ = ["take", "to_json"]
