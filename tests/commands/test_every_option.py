"""Every option that the README names is given to its command by some test, a few of them here."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rebuilt import A, target
from test_documents import CODE, OPTION, README, rows
from typer.testing import CliRunner, Result

from motomind_nb.cli import app
from motomind_nb.runs import Named, Run, Sample

__all__ = ["target"]

TESTS = Path(__file__).resolve().parent.parent


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def readme_options() -> set[tuple[str, str]]:
    """Command and option of each cell of the README's table of options."""
    return {
        (command, option)
        for cells in rows(README, "option | of | what it does")
        for command in CODE.findall(cells[1])
        for option in OPTION.findall(cells[0])
    }


def words_of(node: ast.AST) -> set[str]:
    """The words of all texts of a piece of code but its docstrings."""
    told = {
        id(one.value)
        for one in ast.walk(node)
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    }
    return {
        word
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in told
        for word in one.value.split()
    }


def words_of_each_test(module: ast.Module) -> Iterator[set[str]]:
    """The words of each test of a module, with those of the helpers and constants that it names."""
    parts: dict[str, ast.stmt] = {}
    for part in module.body:
        if isinstance(part, ast.FunctionDef):
            parts[part.name] = part
        elif isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
            parts[part.targets[0].id] = part
    for name, part in parts.items():
        if name.startswith("test_"):
            used = {one.id for one in ast.walk(part) if isinstance(one, ast.Name)}
            helpers = [parts[one] for one in used if one in parts and not one.startswith("test_")]
            yield set().union(words_of(part), *map(words_of, helpers))


def options_in_tests() -> set[tuple[str, str]]:
    """The options of the README that some test names together with their command."""
    wanted, found = readme_options(), set[tuple[str, str]]()
    for path in TESTS.rglob("test_*.py"):
        if path.name in ("test_documents.py", Path(__file__).name):
            continue
        for words in words_of_each_test(ast.parse(path.read_text("utf-8"))):
            found |= {(command, name) for command, name in wanted if {command, name} <= words}
    return found


HERE = {("check", "--pdf"), ("erase", "--runs"), ("lab", "--run")}


def test_every_option_of_the_readme_is_given_to_its_command_by_a_test() -> None:
    assert len(readme_options()) > 30
    assert readme_options() - options_in_tests() - HERE == set()


def test_an_option_that_no_test_gives_is_noticed() -> None:
    module = ast.parse("def test_it() -> None:\n    run('audit', '--source', 'x')\n")
    (words,) = words_of_each_test(module)
    assert {"audit", "--source"} <= words and "--pdf" not in words


def test_check_tells_first_that_no_browser_can_print(
    tmp_path: Path, sample_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTHER", sample_database)
    made = Run(tmp_path / "one", Sample("sample"), Named("env:OTHER"))
    made.note(source="sample", target="env:OTHER", database_name="target")
    made.complete("02_rebuild")
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run("check", "--run", made.folder, "--pdf")
    assert result.exit_code == 3
    assert result.stderr.startswith("--pdf: expected Chromium, found none")


def test_erase_names_the_runs_below_its_folder_that_still_name_the_tenant(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPOT", target)
    monkeypatch.setenv("MOTOMIND_HOME", str(tmp_path / "home"))  # it looks through the clusters too
    for name, text in (("of-it", f"vehicle of {A}"), ("of-others", "vehicle of nobody")):
        (tmp_path / "kept" / name).mkdir(parents=True)
        (tmp_path / "kept" / name / "findings.csv").write_text(text)
    words = ("erase", "--tenant", A, "--yes", "Tenant A", "--reason", "asked")
    result = run(*words, "--target", "env:DEPOT", "--runs", tmp_path / "kept")
    assert result.exit_code == 0, result.output
    said = result.output.replace("\n", "")
    assert "kept/of-it" in said and "of-others" not in said


def child_of(process: subprocess.Popen[bytes]) -> int | None:
    """The process that a process has started, once there is one that runs JupyterLab."""
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for child in map(int, found):
        if b"jupyterlab" in Path(f"/proc/{child}/cmdline").read_bytes():
            return child
    return None


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")
def test_lab_gives_the_notebooks_the_run(tmp_path: Path) -> None:
    made = Run(tmp_path / "one", Sample("sample"), Named("env:OTHER"))
    made.note(source="sample", target="env:OTHER", database_name="target")
    command = [sys.executable, "-m", "motomind_nb", "lab", "--run", str(made.folder)]
    environment = {**os.environ, "HOME": str(tmp_path), "BROWSER": "true"}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    child, end = None, time.monotonic() + 60
    while child is None:
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.05)
        child = child_of(process)
    variables = Path(f"/proc/{child}/environ").read_bytes().split(b"\0")
    os.kill(child, signal.SIGKILL)
    process.communicate(timeout=60)
    assert f"MOTOMIND_RUN={made.folder}".encode() in variables


def test_lab_refuses_a_folder_that_holds_no_run(tmp_path: Path) -> None:
    result = run("lab", "--run", tmp_path)
    assert result.exit_code == 3
    assert result.output.startswith(f"{tmp_path.name}: expected a run folder")
