"""The report: one page to send on, computed only from the files of a run folder.

Everything on it is escaped, it opens from disk without a network, and its body has the same bytes
each time. Beside it stand the same facts for other tools (``formats``).
"""

from motomind_nb.report.act import write_act
from motomind_nb.report.formats import (
    compare_runs,
    difference_facts,
    difference_lines,
    error_annotations,
    job_summary,
    write_junit,
    write_sqlite,
)
from motomind_nb.report.notebook import notebook_html
from motomind_nb.report.page import write_report
from motomind_nb.report.portable import find_chromium, try_print_pdf

__all__ = [
    "compare_runs",
    "difference_facts",
    "difference_lines",
    "error_annotations",
    "find_chromium",
    "job_summary",
    "notebook_html",
    "try_print_pdf",
    "write_act",
    "write_junit",
    "write_report",
    "write_sqlite",
]
