"""Store the sample's outputs in the committed notebooks: ``python -m motomind_nb.commands.store``.

The notebooks are executed by an audit of the sample; what GitHub shows and nbval compares is what
that audit left. Writes: notebooks/*.ipynb.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from motomind_nb import jupyter
from motomind_nb.commands import console
from motomind_nb.core import read_json_or_empty
from motomind_nb.runs import NOTEBOOKS


def main() -> int:
    """Execute every notebook on the sample and store it; return the exit code."""
    with tempfile.TemporaryDirectory() as folder, console.show_progress() as progress:
        outcome = jupyter.audit("sample", "", jupyter.Options(Path(folder)), progress)
        if outcome.facts["verdict"] != "passed":
            console.print_outcome(outcome)
            return 1
        for name in NOTEBOOKS:
            executed = outcome.folder / "notebooks" / f"{name}.ipynb"
            shutil.copyfile(executed, jupyter.notebook_path(name))
        cluster = read_json_or_empty(outcome.folder / "run.json").get("cluster")
        if cluster:  # its run folder vanishes, too
            shutil.rmtree(cluster, ignore_errors=True)
    console.print_line(f"stored the outputs of {len(NOTEBOOKS)} notebooks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
