"""The notebooks replayed by nbval, strictly, each on a clone of the state just before it."""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from motomind_nb import runs
from motomind_nb.runs import Run

TESTS = Path(__file__).resolve().parents[1]
SANITIZE = TESTS / "sanitize.cfg"
NOTEBOOKS = TESTS.parent / "notebooks"
# nbval imports jsonschema, which imports modules that cost two seconds; see notebooks.py
START = """import sys; sys.modules.update(rfc3987_syntax=None, rfc3986_validator=None)
import pytest; sys.exit(pytest.main())"""


def replay(
    notebook: Path, run: Run, *options: str, package: Path = NOTEBOOKS.parent
) -> subprocess.CompletedProcess[str]:
    """Replay one notebook with nbval in a process of its own, on the package in a folder."""
    words = [
        sys.executable,
        "-c",
        START,
        "--nbval",
        "--nbval-current-env",
        "--nbval-cell-timeout=120",
        f"--nbval-sanitize-with={SANITIZE}",
        "-x",
        "-vv",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-p",
        "no:randomly",
        "-o",
        "addopts=",
        f"--rootdir={TESTS}",
        "--noconftest",
        *options,
        str(notebook),
    ]
    environment = {**os.environ, runs.RUN_VARIABLE: str(run.folder), "PYTHONPATH": str(package)}
    return subprocess.run(
        words, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def diff_of(done: subprocess.CompletedProcess[str]) -> str:
    """What a replay says of the cell that differs, as a diff of stored (-) and new (+) lines."""
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    compared = said.partition("assert reference_output == test_output failed:")[2]
    # pytest marks the left side of a comparison, which is the stored one here, with a plus
    marked = [line.strip() for line in compared.splitlines() if re.match(r"\s*[-+] ", line)]
    lines = [f"{'-' if line.startswith('+') else '+'}{line[1:]}" for line in marked]
    return "\n".join(lines) or said[-3000:]


@pytest.mark.parametrize("name", runs.NOTEBOOKS)
def test_nbval_replays_the_stored_outputs(
    name: str, run_before: Callable[[str], Run], tmp_path: Path
) -> None:
    report = tmp_path / "nbval.xml"
    done = replay(NOTEBOOKS / f"{name}.ipynb", run_before(name), f"--junitxml={report}")
    assert done.returncode == 0, (
        f"the stored outputs are stale: run make notebooks\n{diff_of(done)}"
    )
    tested = int(re.search(r'tests="(\d+)"', report.read_text())[1])  # type: ignore[index]
    book = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text())
    assert tested == sum(cell["cell_type"] == "code" for cell in book["cells"])


def test_a_changed_row_makes_the_replay_red(run_before: Callable[[str], Run]) -> None:
    run = run_before("03_row_counts")
    with run.connect() as connection:
        connection.execute("ALTER TABLE public.vehicles DISABLE TRIGGER USER")
        connection.execute("UPDATE public.vehicles SET nickname = 'Someone else''s'")
        connection.execute("ALTER TABLE public.vehicles ENABLE TRIGGER USER")
    done = replay(NOTEBOOKS / "03_row_counts.ipynb", run)
    assert done.returncode == 1 and "failed" in done.stdout, done.stdout[-3000:]


def test_a_changed_mapping_makes_the_replay_red(
    run_before: Callable[[str], Run], tmp_path: Path
) -> None:
    for name in ("motomind_nb", "schema", "notebooks"):
        shutil.copytree(NOTEBOOKS.parent / name, tmp_path / name)
    catalog = tmp_path / "motomind_nb" / "legacy" / "catalog.csv"
    text = catalog.read_text()
    assert "open=active" in text
    book = tmp_path / "notebooks" / "03_row_counts.ipynb"
    run = run_before("03_row_counts")
    assert replay(book, run, package=tmp_path).returncode == 0
    catalog.write_text(text.replace("open=active", "open=dismissed"))
    done = replay(book, run, package=tmp_path)
    assert done.returncode == 1 and "1 failed" in done.stdout, done.stdout[-3000:]


def test_a_changed_stored_output_makes_the_replay_red(
    run_before: Callable[[str], Run], tmp_path: Path
) -> None:
    book = json.loads((NOTEBOOKS / "02_rebuild.ipynb").read_text())
    for cell in book["cells"]:
        for output in cell.get("outputs", []):
            for kind, text in output.get("data", {}).items():
                if kind == "text/plain":
                    output["data"][kind] = "".join(text).replace("vehicle", "ship")
    changed = tmp_path / "02_rebuild.ipynb"
    changed.write_text(json.dumps(book))
    done = replay(changed, run_before("02_rebuild"))
    assert done.returncode == 1
    lines = diff_of(done).splitlines()
    assert any(line.startswith("- ") and "ship" in line for line in lines), lines
    assert any(line.startswith("+ ") and "vehicle" in line for line in lines), lines


def test_the_replay_stops_at_the_first_failure(
    run_before: Callable[[str], Run], tmp_path: Path
) -> None:
    book = json.loads((NOTEBOOKS / "06_report.ipynb").read_text())
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    code[1]["source"] = ["1 / 0"]
    changed = tmp_path / "06_report.ipynb"
    changed.write_text(json.dumps(book))
    done = replay(changed, run_before("06_report"))
    assert done.returncode == 1 and "1 failed, 1 passed" in done.stdout, done.stdout[-2000:]


def test_every_rule_of_the_sanitize_file_is_a_pair_and_does_something() -> None:
    # nbval ignores a malformed pair without a word
    rules = configparser.ConfigParser()
    rules.read(SANITIZE)
    examples = {
        "run-id": "20260101-120000-ab12",
        "memory-address": "<x at 0x7f0a>",
        "picture": "iVBORw0KGgoAAAANSUhEUg==",
    }
    assert set(rules.sections()) == set(examples)
    for name, example in examples.items():
        assert set(rules[name]) == {"regex", "replace"}
        assert re.sub(rules[name]["regex"], rules[name]["replace"], example) != example
