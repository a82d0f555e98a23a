"""The original export's JSON becomes a backup folder; what a value would lose is refused."""

from motomind_nb.backup.from_json.convert import convert_json
from motomind_nb.backup.from_json.decode import decode, json_with_exact_numbers
from motomind_nb.backup.from_json.reader import read_objects

__all__ = [
    "convert_json",
    "decode",
    "json_with_exact_numbers",
    "read_objects",
]
