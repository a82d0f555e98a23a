"""A kernel of its own for each notebook, forked from one process when it is asked for (Linux).

Elsewhere kernels start as Jupyter starts them, while the notebook before still runs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from motomind_nb import postgres
from motomind_nb.core import PACKAGE
from motomind_nb.runs import RUN_VARIABLE, WAITING_VARIABLE, Run

STUB = Path(__file__).with_name("stub.py")
# forking is safe on Linux; on macOS libraries break behind a fork's back
FORKS = sys.platform == "linux"


class Kernels:
    """Kernels to start in turn; where they cannot be forked, one ahead of the notebook."""

    def __init__(self, run: Run, notebooks: Sequence[str]) -> None:
        self.run, self.waiting, self.ready = run, list(notebooks), dict[str, Any]()
        self.running: list[Any] = []
        # sockets lie in it, whose paths the system limits to about a hundred characters
        self.place = Path(tempfile.mkdtemp(prefix="motomind-kernels-", dir="/tmp"))
        self.fork_server = start_fork_server(self.place) if FORKS else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for manager in [*self.ready.values(), *self.running]:
            _kill(manager)
        if self.fork_server is not None:
            self.fork_server.kill()
            self.fork_server.communicate()
        shutil.rmtree(self.place, ignore_errors=True)

    def take(self, notebook: str) -> Any:
        """Return the kernel manager for a notebook; start the next one too where that is slow."""
        while notebook not in self.ready:
            self._start_next()
        manager = self.ready.pop(notebook)
        self.running.append(manager)
        if not FORKS:  # a fork is ready in a tenth of a second: one that waits only holds memory
            self._start_next()
        return manager

    def release(self, manager: Any) -> None:
        """End a notebook's kernel."""
        self.running.remove(manager)
        _kill(manager)

    def _start_next(self) -> None:
        """Start the kernel of the next notebook without waiting for it."""
        if self.waiting:
            notebook = self.waiting.pop(0)
            (self.run.folder / "notebooks").mkdir(exist_ok=True)
            self.ready[notebook] = start_kernel(self.run, self.place / notebook, self.place)


def start_fork_server(place: Path) -> subprocess.Popen[bytes]:
    """Start the process that forks kernels; it ends with the pipe that is its standard input."""
    # it works in a folder of ours: matplotlib heeds a matplotlibrc in the folder it is imported in
    command = [sys.executable, "-m", "motomind_nb.jupyter.fork_server", str(place / "fork-server")]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, start_new_session=True, cwd=place, env=_environment(place)
    )


def _environment(place: Path) -> dict[str, str]:
    """Return the environment of kernels: nothing depends on the folder they are started in.

    What IPython keeps lies in a folder of ours, which can be written to and holds no start files.
    """
    found = {**os.environ, "IPYTHONDIR": str(place / "ipython")}
    if "MOTOMIND_HOME" in found:
        found["MOTOMIND_HOME"] = str(postgres.motomind_home())
    checkout = PACKAGE.parent
    if (checkout / "pyproject.toml").exists():  # found by the folder that the command works in
        known = [path for path in found.get("PYTHONPATH", "").split(os.pathsep) if path]
        paths = [*map(os.path.abspath, known), str(checkout)]
        found["PYTHONPATH"] = os.pathsep.join(paths)
    return found


def start_kernel(run: Run, channels: Path, place: Path) -> Any:
    """Start a kernel that knows its run by the environment; return its manager.

    Its channels are private sockets: no port is opened, and ipykernel has nothing to warn of.
    """
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_core.utils import run_sync

    manager = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=str(channels))
    manager.connection_file = f"{channels}.json"
    manager.kernel_spec_manager = _own_kernel(place)
    naming = {RUN_VARIABLE: str(run.folder), WAITING_VARIABLE: "1"}
    environment = {**_environment(place), **naming}
    run_sync(manager.start_kernel)(cwd=str(run.folder / "notebooks"), env=environment)
    return manager


def _own_kernel(place: Path) -> Any:
    """Return what knows the one way to start a kernel; Jupyter's own imports IPython to find it."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

    stub = ["-I", "-S", str(STUB), str(place / "fork-server")]
    begin = stub if FORKS else ["-m", "ipykernel_launcher"]
    spec = KernelSpec(argv=[sys.executable, *begin, "-f", "{connection_file}"], language="python")

    class OwnKernel(KernelSpecManager):
        """Gives this specification for any name."""

        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002 - one for all
            return spec

    return OwnKernel()


def _kill(manager: Any) -> None:
    """End a kernel at once; it holds nothing that a transaction does not take back."""
    from jupyter_core.utils import run_sync

    run_sync(manager.shutdown_kernel)(now=True)
