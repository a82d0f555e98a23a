"""Kernels made ready while the notebook before still runs, imports included.

A kernel needs most of a second to start and as long again to import; a run of six notebooks would
wait for that six times. Each notebook still gets a kernel of its own.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from motomind_nb.run import RUN_VARIABLE, Run

PRELOAD = "--IPKernelApp.exec_lines=import motomind_nb.pipeline"


class Kernels:
    """A queue of starting kernels, one ahead of the notebook that runs."""

    def __init__(self, run: Run, notebooks: Sequence[str]) -> None:
        self.run, self.waiting, self.ready = run, list(notebooks), dict[str, Any]()
        self.running: list[Any] = []

    def __enter__(self) -> Self:
        self._start_next()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for manager in [*self.ready.values(), *self.running]:
            _kill(manager)

    def take(self, notebook: str) -> Any:
        """Return the kernel manager for a notebook and start the kernel after it."""
        while notebook not in self.ready:
            self._start_next()
        manager = self.ready.pop(notebook)
        self.running.append(manager)
        self._start_next()
        return manager

    def release(self, manager: Any) -> None:
        """End a notebook's kernel."""
        self.running.remove(manager)
        _kill(manager)

    def _start_next(self) -> None:
        """Start the kernel of the next notebook without waiting for it."""
        if self.waiting:
            folder = self.run.folder / "notebooks"
            folder.mkdir(exist_ok=True)
            self.ready[self.waiting.pop(0)] = start(folder, self.run)


def start(folder: Path, run: Run) -> Any:
    """Start a kernel that knows its run by the environment; return its manager.

    Its channels are private sockets: no port is opened, and ipykernel has nothing to warn of.
    """
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_core.utils import run_sync

    sockets = tempfile.mkdtemp(prefix="motomind-kernel-")
    manager = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=f"{sockets}/channel")
    environment = {**os.environ, RUN_VARIABLE: str(run.folder)}
    run_sync(manager.start_kernel)(cwd=str(folder), env=environment, extra_arguments=[PRELOAD])
    return manager


def _kill(manager: Any) -> None:
    """End a kernel at once; it holds nothing that a transaction does not take back."""
    from jupyter_core.utils import run_sync

    run_sync(manager.shutdown_kernel)(now=True)
    shutil.rmtree(Path(manager.ip).parent, ignore_errors=True)
