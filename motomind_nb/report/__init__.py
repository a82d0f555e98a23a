"""The report: one page to send on, computed only from the files of a run folder.

Everything on it is escaped, it opens from disk without a network, and its body has the same bytes
each time.
"""

from motomind_nb.report.notebook import notebook_html
from motomind_nb.report.page import write_report
from motomind_nb.report.portable import find_chromium, try_print_pdf

__all__ = [
    "find_chromium",
    "notebook_html",
    "try_print_pdf",
    "write_report",
]
