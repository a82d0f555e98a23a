"""The original export's JSON becomes a backup folder; what a value would lose is refused."""

from motomind_nb.backup.from_json.convert import convert_json

__all__ = [
    "convert_json",
]
