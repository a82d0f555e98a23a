"""A run for other tools: JUnit for test reports, SQLite to explore, GitHub's words, differences.

All of them are computed from the CSV files of a run folder, as the page is.
"""

from motomind_nb.report.formats.differences import (
    Differences,
    compare_runs,
    difference_facts,
    difference_lines,
)
from motomind_nb.report.formats.github import error_annotations, job_summary
from motomind_nb.report.formats.junit import write_junit
from motomind_nb.report.formats.sqlite import write_sqlite

__all__ = [
    "Differences",
    "compare_runs",
    "difference_facts",
    "difference_lines",
    "error_annotations",
    "job_summary",
    "write_junit",
    "write_sqlite",
]
