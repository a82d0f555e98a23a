"""What the package says of itself: version, license, types, and the environment of conda."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import motomind_nb

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
# a build backend of the standard library alone: the test needs no network and builds no wheel
BACKEND = """
from pathlib import Path

def prepare_metadata_for_build_editable(folder, settings=None):
    place = Path(folder) / "motomind_nb-0.dist-info"
    place.mkdir()
    (place / "METADATA").write_text("Metadata-Version: 2.1\\nName: motomind-nb\\nVersion: 0\\n")
    (place / "WHEEL").write_text("Wheel-Version: 1.0\\n")
    return place.name

def build_editable(folder, settings=None, metadata=None):
    raise NotImplementedError
"""


def test_the_version_is_the_same_everywhere() -> None:
    assert PROJECT["version"] == motomind_nb.__version__


def test_the_installed_package_has_this_version() -> None:
    assert importlib.metadata.version("motomind-nb") == motomind_nb.__version__


def test_the_wheel_has_license_types_and_complete_metadata(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    (path,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        (place,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        facts = Parser().parsestr(wheel.read(place).decode())
    assert "motomind_nb/py.typed" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert facts["License-Expression"] == "MIT" and facts["License-File"] == "LICENSE"
    assert facts["Author"] == "The motomind-nb authors" and facts["Author-email"] is None
    assert facts["Keywords"] and "Typing :: Typed" in facts.get_all("Classifier", [])


def test_the_license_names_the_authors() -> None:
    text = (ROOT / "LICENSE").read_text()
    (authors,) = PROJECT["authors"]
    assert text.startswith("MIT License\n") and authors == {"name": "The motomind-nb authors"}
    assert f"Copyright (c) 2026 {authors['name']}" in text


def requirements_for_pip() -> list[str]:
    """The list under pip in environment.yml."""
    text = (ROOT / "environment.yml").read_text()
    return re.findall(r"^      - (.+)$", text.partition("\n  - pip:\n")[2], re.MULTILINE)


def install(lines: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Let pip read the list as conda hands it over: a requirements file in the file's folder."""
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    )
    (folder / "backend.py").write_text(BACKEND)
    file = folder / "condaenv.requirements.txt"
    file.write_text("\n".join(lines) + "\n")
    words = ["install", "-U", "-r", str(file), "--dry-run", "--no-deps", "--no-index"]
    return subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(importlib.util.find_spec("pip") is None, reason="pip is not installed")
@pytest.mark.parametrize("said", ["today", "before"])
def test_pip_takes_the_list_of_the_conda_environment(said: str, tmp_path: Path) -> None:
    """What once stood there, an option before -e, is no line of a requirements file."""
    lines = requirements_for_pip() if said == "today" else ["--no-deps -e ."]
    assert lines and "-e ." in lines[-1]
    done = install(lines, tmp_path)
    assert (done.returncode == 0) == (said == "today"), done.stdout + done.stderr


def test_the_hooks_call_the_tools_of_make_lint() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text()
    assert set(re.findall(r"- repo: (\S+)", text)) == {"local"}
    tools = re.findall(r"entry: (\.venv/bin/\S+)", text)
    assert len(tools) == len(re.findall(r"language: system", text)) == 4
    lint = (ROOT / "Makefile").read_text().partition("\nlint:")[2].partition("\n\n")[0]
    for tool in tools:
        assert f"$(BIN)/{Path(tool).name}" in lint, tool
