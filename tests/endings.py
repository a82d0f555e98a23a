"""The end of an audit in a process of its own, to be killed or to meet a full disk."""

from __future__ import annotations

# its last notebook, then its pages and its verdict; the argument is the run folder
LAST_NOTEBOOK = """
import sys
from pathlib import Path
from motomind_nb import runs
from motomind_nb.core import EXIT_CODES, no_progress
from motomind_nb.jupyter import headless
run = runs.open_run_folder(Path(sys.argv[1]))
runs.handle_stop_signals()
work = headless.Work(run, lambda _: None, runs.NOTEBOOKS[5:], headless.Options(run.folder))
sys.exit(EXIT_CODES[headless.run_and_always_report(work, no_progress).facts["verdict"]])
"""
