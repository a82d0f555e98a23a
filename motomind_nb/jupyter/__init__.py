"""Notebooks without hands: kernels that start in a tenth of a second, papermill, the whole run."""

from motomind_nb.jupyter.audited import Audited, audit_silently
from motomind_nb.jupyter.headless import Options, audit, check_finished_load
from motomind_nb.jupyter.laboratory import copy_notebooks, lab_folder
from motomind_nb.jupyter.notebooks import notebook_path

__all__ = [
    "Audited",
    "Options",
    "audit",
    "audit_silently",
    "check_finished_load",
    "copy_notebooks",
    "lab_folder",
    "notebook_path",
]
