"""The fork server: one process that imports everything once and forks a kernel whenever asked.

A kernel of its own needs seconds to import pandas and its like; a forked one is ready in a tenth.
The fork server ends when its caller's end of the standard input closes, and its kernels with it.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LONGEST_ORDER = 1 << 20
# SQLAlchemy is not among them: one notebook needs it, and all kernels would hold it
DEBUGGER = "debugpy"  # ipykernel goes on without it; a fifth of a second and 9 MB for each kernel
WARM = (
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_svg",
    "motomind_nb.charts",
    "motomind_nb.desk",
    "pydantic",
)


def import_for_notebooks() -> None:
    """Import what every notebook imports; nobody debugs a kernel of a run, so no debugger."""
    sys.modules.setdefault(DEBUGGER, None)  # type: ignore[arg-type]
    for name in WARM:
        importlib.import_module(name)


def serve_forks(path: str) -> None:
    """Answer each order with a forked kernel until the caller is gone.

    Writes: a socket at the path; its folder is removed at the end.
    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(path)
    listener.listen(8)
    import_for_notebooks()
    gc.collect()
    gc.freeze()  # a collection in a kernel would write to, and so copy, each page that it shares
    kernels: list[int] = []
    while sys.stdin not in (ready := select.select([sys.stdin, listener], [], [], 5.0)[0]):
        if listener in ready:
            kernels.append(fork_one(listener))
        kernels = [number for number in kernels if not os.waitpid(number, os.WNOHANG)[0]]
    for number in kernels:
        os.kill(number, signal.SIGKILL)
    shutil.rmtree(Path(path).parent, ignore_errors=True)  # nobody else is left to do it


def fork_one(listener: socket.socket) -> int:
    """Accept one order, fork a kernel for it and return its process number."""
    channel, _ = listener.accept()
    message, outputs, _, _ = socket.recv_fds(channel, LONGEST_ORDER, 2)
    number = os.fork()
    if number == 0:
        listener.close()
        become_kernel(json.loads(message), channel, outputs)
    channel.send(str(number).encode())
    channel.close()
    for output in outputs:
        os.close(output)
    return number


def become_kernel(
    order: dict[str, Any], channel: socket.socket, outputs: Sequence[int]
) -> None:  # pragma: no cover - runs in the forked process
    """Turn this process into the kernel that the order describes; never returns."""
    from ipykernel.kernelapp import IPKernelApp

    try:
        os.setsid()
        for place, output in enumerate(outputs, start=1):
            os.dup2(output, place)
        os.environ.clear()
        os.environ.update(order["environment"])
        os.chdir(order["folder"])
        threading.Thread(target=end_with_stub, args=(channel,), daemon=True).start()
        # a kernel with a parent to watch says nothing about how to connect to it
        parent = f"--IPKernelApp.parent_handle={os.getppid()}"
        IPKernelApp.launch_instance(argv=[*order["arguments"], parent])
    finally:
        os._exit(0)


def end_with_stub(channel: socket.socket) -> None:
    """End this kernel when its stub is gone."""
    while channel.recv(32):
        pass
    os._exit(0)


if __name__ == "__main__":
    serve_forks(sys.argv[1])
