"""Restore a backup into schema legacy of the target and prove that it is the source."""

from motomind_nb.stage.preflight import preflight
from motomind_nb.stage.restore import restore

__all__ = ["preflight", "restore"]
