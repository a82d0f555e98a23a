"""What ships: a wheel with schema and notebooks inside, and a command that works from it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from motomind_nb import postgres
from motomind_nb.core import resources

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_schema_notebooks_and_queries(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("schema", "notebooks"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and ".ipynb_checkpoints" not in path.parts:
                assert f"motomind_nb/{path.relative_to(ROOT)}" in names
    for path in (ROOT / "motomind_nb").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert str(path.relative_to(ROOT)) in names


def test_the_installed_wheel_works_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(place)
    script = (
        "from motomind_nb import postgres; "
        "from motomind_nb.core import resources; "
        "from motomind_nb.legacy import catalog; "
        "print(resources.packaged_folder('schema'), resources.packaged_folder('notebooks')); "
        "print(len(catalog.objects()), *postgres.query_names('load'))"
    )
    others = [path for path in sys.path if path and Path(path).resolve() != ROOT]
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(place), *others])},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    inside = place / "motomind_nb"
    assert done.stdout.split() == [
        str(inside / "schema"),
        str(inside / "notebooks"),
        "35",
        *postgres.query_names("load"),
    ]


def test_the_checkout_finds_its_own_folders() -> None:
    assert resources.packaged_folder("schema") == ROOT / "schema"
    assert resources.packaged_folder("notebooks") == ROOT / "notebooks"
    with pytest.raises(FileNotFoundError):
        resources.packaged_folder("nothing")
