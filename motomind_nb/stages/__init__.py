"""The order of the work: one notebook, one module of its name.

Here transactions begin and end, errors are kept with the run so that their exit code survives a
kernel, and findings are stored.
"""

from motomind_nb.stages.architecture import run_architecture_proofs
from motomind_nb.stages.mileage import compare_mileage
from motomind_nb.stages.parameters import check_parameters, declared_parameters
from motomind_nb.stages.profile import (
    back_up,
    read_only_connection,
    read_run_manifest,
    source_fingerprint,
    stage_backup,
    take_profile,
    write_backup,
)
from motomind_nb.stages.rebuild import rebuild_and_load
from motomind_nb.stages.record import (
    ACCEPT_FILE,
    begin_accept_file,
    copy_accept_file,
    read_stage_findings,
    require_passed,
)
from motomind_nb.stages.report import (
    conclude_with_verdict,
    final_verdict_facts,
    require_verdict,
    versions,
    waiting_page,
    write_pages,
    write_report,
)
from motomind_nb.stages.row_counts import compare_rows
from motomind_nb.stages.start import adopt_finished_load, prepare_run, runs_folder, start_run

__all__ = [
    "ACCEPT_FILE",
    "adopt_finished_load",
    "back_up",
    "begin_accept_file",
    "check_parameters",
    "compare_mileage",
    "compare_rows",
    "conclude_with_verdict",
    "copy_accept_file",
    "declared_parameters",
    "final_verdict_facts",
    "prepare_run",
    "read_only_connection",
    "read_run_manifest",
    "read_stage_findings",
    "rebuild_and_load",
    "require_passed",
    "require_verdict",
    "run_architecture_proofs",
    "runs_folder",
    "source_fingerprint",
    "stage_backup",
    "start_run",
    "take_profile",
    "versions",
    "waiting_page",
    "write_backup",
    "write_pages",
    "write_report",
]
