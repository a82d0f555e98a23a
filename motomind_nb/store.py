"""Store the sample's outputs in the committed notebooks: ``python -m motomind_nb.store``.

The notebooks are executed by an audit of the sample; what GitHub shows and nbval compares is what
that audit left. Writes: notebooks/*.ipynb.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from motomind_nb import console, headless, notebooks
from motomind_nb.run import NOTEBOOKS, read_json


def main() -> int:
    """Execute every notebook on the sample and store it; return the exit code."""
    with tempfile.TemporaryDirectory() as folder, console.progress() as progress:
        outcome = headless.audit("sample", "", headless.Options(Path(folder)), progress)
        if outcome.facts["verdict"] != "passed":
            console.outcome(outcome)
            return 1
        for name in NOTEBOOKS:
            executed = outcome.folder / "notebooks" / f"{name}.ipynb"
            shutil.copyfile(executed, notebooks.source_of(name))
        cluster = read_json(outcome.folder / "run.json").get("cluster")
        if cluster:  # its run folder vanishes, too
            shutil.rmtree(cluster, ignore_errors=True)
    console.say(f"stored the outputs of {len(NOTEBOOKS)} notebooks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
