"""A backup folder becomes the original export's JSON."""

from motomind_nb.backup.to_json.original_shape import write_json_file

__all__ = [
    "write_json_file",
]
