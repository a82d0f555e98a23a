"""What the processes of an audit load and hold while a kernel works."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

SERVER = """
from motomind_nb.jupyter import fork_server
fork_server.import_for_notebooks()
"""
COMMAND = """
import types
from pathlib import Path
from motomind_nb.jupyter import kernels, notebooks
from papermill.execute import execute_notebook
run = types.SimpleNamespace(folder=Path.cwd())
kernels.FORKS = {forks}
manager = kernels.start_kernel(run, Path.cwd() / "channels", Path.cwd())
print(*manager.kernel_spec.argv, sep="|")
kernels._kill(manager)
"""
LOADED = "import sys; print(*(name for name in sys.modules if sys.modules[name]))"


def output(script: str, folder: Path) -> list[str]:
    """The lines that a script prints in a process of its own."""
    (folder / "notebooks").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_the_fork_server_holds_what_kernels_need_and_no_debugger(tmp_path: Path) -> None:
    (loaded,) = output(SERVER + LOADED, tmp_path)
    names = set(loaded.split())
    assert {"pandas", "ipykernel.kernelapp", "matplotlib.backends.backend_svg", "pydantic"} <= names
    assert not {"debugpy", "jinja2", "sqlalchemy", "nbconvert"} & names


@pytest.mark.parametrize("forks", [True, False])
def test_the_command_starts_kernels_without_what_they_load(forks: bool, tmp_path: Path) -> None:
    told, loaded = output(COMMAND.format(forks=forks) + LOADED, tmp_path)
    names = set(loaded.split())
    assert {"jupyter_client.manager", "papermill.execute"} <= names
    assert not {"IPython", "ipykernel", "pandas", "numpy", "pydantic", "arrow"} & names
    program, *rest = told.split("|")
    assert program == sys.executable and rest[-2:] == ["-f", "{connection_file}"]
    assert ("ipykernel_launcher" in rest) is not forks


def test_freed_memory_goes_back_to_the_system(tmp_path: Path) -> None:
    script = """
import re
from pathlib import Path
from motomind_nb.core import give_back_free_memory
def held():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
lists = [bytes(1000) for _ in range(100_000)]
last = bytes(1000)
full = held()
del lists
give_back_free_memory()
print(full - held())
"""
    if not Path("/proc/self/status").exists() or not re.search("glibc", _library()):
        pytest.skip("only glibc gives back on request")
    (kilobytes,) = output(script, tmp_path)
    assert int(kilobytes) > 50_000


def _library() -> str:
    """The name of the C library."""
    import platform

    return platform.libc_ver()[0]
