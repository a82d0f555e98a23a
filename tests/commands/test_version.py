"""``motomind --version`` and completion in the shell."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from motomind_nb import __version__
from motomind_nb.cli import app, installed_version


def test_the_version_is_one_line() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.output) == (0, f"motomind-nb {installed_version()}\n")


def test_the_version_comes_before_any_command() -> None:
    result = CliRunner().invoke(app, ["--version", "audit", "--source", "nothing"])
    assert result.exit_code == 0 and result.output.count("\n") == 1


def test_without_an_installed_package_the_version_is_that_of_the_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    assert installed_version() == __version__


@pytest.mark.parametrize(
    ("line", "wanted"), [("motomind ma", {"maintain"}), ("motomind check --r", {"--run", "--runs"})]
)
def test_the_shell_completes_commands_and_options(line: str, wanted: set[str]) -> None:
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", "from motomind_nb.cli import app; app(prog_name='motomind')"],
        env={**os.environ, "_MOTOMIND_COMPLETE": "complete_bash", **words},
        capture_output=True,
        text=True,
        check=False,
    )
    assert wanted == set(done.stdout.split()), done.stderr
