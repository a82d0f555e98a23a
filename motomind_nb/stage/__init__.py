"""Restore a backup into schema legacy of the target and prove that it is the source."""

from motomind_nb.stage.preflight import preflight
from motomind_nb.stage.restore import restore
from motomind_nb.stage.target import refuse_target

__all__ = ["preflight", "refuse_target", "restore"]
