"""A backup folder becomes the original export's JSON."""

from motomind_nb.backup.to_json.csv_rows import rows
from motomind_nb.backup.to_json.original_shape import write_json_file
from motomind_nb.backup.to_json.values import json_value_writer

__all__ = [
    "json_value_writer",
    "rows",
    "write_json_file",
]
