"""Notebooks without hands: kernels that start in a tenth of a second, papermill, the whole run."""

from motomind_nb.jupyter.audited import Audited, audited
from motomind_nb.jupyter.headless import Options, audit, check
from motomind_nb.jupyter.notebooks import notebook_path

__all__ = [
    "Audited",
    "Options",
    "audit",
    "audited",
    "check",
    "notebook_path",
]
