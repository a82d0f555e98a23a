"""The pipeline: the stages in order, from a source to a verdict. The notebooks call nothing else
to change anything."""

from motomind_nb.pipeline.begin import SAMPLES, kind_of, new_run, prepare, resolved
from motomind_nb.pipeline.compare import architecture_of, mileage_of, profile_of, row_counts
from motomind_nb.pipeline.conclusion import (
    conclude,
    follow,
    judged,
    publish,
    require_verdict,
    versions,
    write_report,
)  # fmt: skip
from motomind_nb.pipeline.looks import (
    contents,
    disputed,
    findings_of,
    loaded,
    made,
    projection,
    verdict_table,
)  # fmt: skip
from motomind_nb.pipeline.opening import described, make_up, make_up_one, open_run
from motomind_nb.pipeline.pictures import (
    draw,
    fleet_chart,
    histories_of,
    ledger_chart,
    monthly,
    vehicle_charts,
)
from motomind_nb.pipeline.record import ACCEPT_FILE, copy_accept_file, require_passed
from motomind_nb.pipeline.stages import (
    back_up,
    manifest_of,
    reading,
    rebuild_and_load,
    stage_backup,
)  # fmt: skip
from motomind_nb.pipeline.verdict import of_error
from motomind_nb.pipeline.verdict import write as write_verdict

__all__ = [
    "ACCEPT_FILE",
    "SAMPLES",
    "architecture_of",
    "back_up",
    "conclude",
    "contents",
    "copy_accept_file",
    "described",
    "disputed",
    "draw",
    "findings_of",
    "fleet_chart",
    "follow",
    "histories_of",
    "judged",
    "kind_of",
    "ledger_chart",
    "loaded",
    "made",
    "make_up",
    "make_up_one",
    "manifest_of",
    "mileage_of",
    "monthly",
    "new_run",
    "of_error",
    "open_run",
    "prepare",
    "profile_of",
    "projection",
    "publish",
    "reading",
    "rebuild_and_load",
    "require_passed",
    "require_verdict",
    "resolved",
    "row_counts",
    "stage_backup",
    "vehicle_charts",
    "verdict_table",
    "versions",
    "write_report",
    "write_verdict",
]  # fmt: skip
