"""All that a notebook may call: open a run, do a stage, look at what it left.

A notebook is a story, so each stage returns one value whose tables and charts are named after what
they show; nothing that a notebook imports comes from elsewhere.
"""

from motomind_nb.desk.architecture import run_architecture_proofs
from motomind_nb.desk.mileage import compare_mileage
from motomind_nb.desk.opening import describe_run, open_run, run_stage_without_notebook
from motomind_nb.desk.profile import back_up, stage_backup, take_profile
from motomind_nb.desk.rebuild import projection_query_text, rebuild_and_load, schema_files
from motomind_nb.desk.report import conclude_with_verdict
from motomind_nb.desk.row_counts import compare_rows
from motomind_nb.desk.shown import draw, show
from motomind_nb.mileage import Rules as MileageRules
from motomind_nb.profile import Rules as ProfileRules
from motomind_nb.stages import read_stage_findings, require_passed, require_verdict, write_report

__all__ = [
    "MileageRules",
    "ProfileRules",
    "back_up",
    "compare_mileage",
    "compare_rows",
    "conclude_with_verdict",
    "describe_run",
    "draw",
    "open_run",
    "projection_query_text",
    "read_stage_findings",
    "rebuild_and_load",
    "require_passed",
    "require_verdict",
    "run_architecture_proofs",
    "run_stage_without_notebook",
    "schema_files",
    "show",
    "stage_backup",
    "take_profile",
    "write_report",
]
