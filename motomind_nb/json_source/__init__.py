"""The single JSON file of the original export as a source: validated, then a backup folder."""

from motomind_nb.json_source.convert import convert

__all__ = ["convert"]
