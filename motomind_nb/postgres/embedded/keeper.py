"""A server's keeper: a small process that starts PostgreSQL and stops it when its caller is gone.

It runs as a script of its own (standard library only). Its standard input is a pipe that the
caller holds open: when the caller ends, however it ends, the pipe closes and the keeper stops the
server with a clean shutdown, so that neither a process nor a lock stays behind. Should the keeper
itself be killed, Linux sends the server the same signal.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

START_SECONDS = 60.0
STOP_SECONDS = 30.0
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def stop_with_parent() -> None:
    """Ask Linux to stop this process when its parent dies; elsewhere the pipe alone does it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def start(order: dict[str, object]) -> subprocess.Popen[bytes]:
    """Start the server process as the user that the order names."""
    who: dict[str, object] = {}
    if order["user"] is not None:
        who = {"user": order["user"], "group": order["group"], "extra_groups": []}
    with Path(str(order["log"])).open("ab") as log:
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            order["command"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            preexec_fn=stop_with_parent,  # noqa: PLW1509 - no threads here
            **who,
        )


def is_ready(data: Path, pid: int) -> bool:
    """Return whether this server's pid file says that it accepts connections.

    The file of a killed predecessor may still be there and say so too.
    """
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def wait_ready(server: subprocess.Popen[bytes], data: Path) -> bool:
    """Wait until the server accepts connections; return False when it ended instead."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            return False
        if is_ready(data, server.pid):
            return True
        time.sleep(0.01)
    return False


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server: a fast shutdown first, an immediate one if that takes too long."""
    for order in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is not None:
            return
        server.send_signal(order)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def wait_for_caller(server: subprocess.Popen[bytes]) -> None:
    """Return when the caller's end of the pipe closes or the server ends by itself."""
    while server.poll() is None:
        readable, _, _ = select.select([sys.stdin.fileno()], [], [], 1.0)
        if readable and not os.read(sys.stdin.fileno(), 1):
            return


def main() -> int:
    """Start the server that the first argument (JSON) describes and keep it."""
    order = json.loads(sys.argv[1])
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    try:
        server = start(order)
        ready = wait_ready(server, Path(order["data"]))
        print("ready" if ready else "failed", flush=True)
        if ready:
            wait_for_caller(server)
        stop(server)
    finally:
        for folder in order["remove"]:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
