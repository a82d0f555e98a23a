"""The audit from Python, by the example that the README gives."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import motomind_nb

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_example_of_the_readme_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(import motomind_nb\n.*?)```", README.read_text(), re.S)
    script = example + "print(len(result.ledger), len(result.mileage), result.exit_code)\n"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    first, second = done.stdout.splitlines()
    assert first.startswith("passed ") and first.endswith("report.html")
    assert Path(first.split()[1]).is_file()
    assert second == "35 5 0"
    assert "Traceback" not in done.stderr


def test_a_source_that_is_none_is_a_verdict_and_no_exception(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = motomind_nb.audit("smaple", runs=tmp_path)
    assert (result.verdict, result.exit_code) == ("error", 2)
    assert result.findings.empty and result.report.is_file()
    assert "error" in repr(result) and capsys.readouterr().out == ""


def test_paths_none_and_texts_that_are_no_path_end_as_verdicts(tmp_path: Path) -> None:
    for source in (tmp_path / "none.json", "x" * 5000, "a\0b"):
        result = motomind_nb.audit(source, None, runs=tmp_path)
        assert (result.verdict, result.exit_code) == ("error", 2)
