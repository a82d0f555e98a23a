"""A kernel's stub: asks the fork server for a kernel and lives exactly as long as that kernel.

It runs as a script of its own (standard library only), so it starts at once. To Jupyter it is the
kernel's process: signals that it gets go to the kernel, and when it is killed the kernel ends.
"""

import json
import os
import signal
import socket
import sys
import time

PATIENCE_SECONDS = 60.0


def main() -> int:
    """Hand arguments, environment, folder and outputs to the fork server; wait for the end."""
    channel = connect_to_fork_server(sys.argv[1])
    order = {"arguments": sys.argv[2:], "environment": dict(os.environ), "folder": os.getcwd()}  # noqa: PTH109
    socket.send_fds(channel, [json.dumps(order).encode()], [1, 2])
    kernel = int(channel.recv(32))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: os.kill(kernel, received))
    while channel.recv(32):
        pass
    return 0


def connect_to_fork_server(path: str) -> socket.socket:
    """Return a connection to the fork server; a stub may start before the fork server listens."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            channel.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            channel.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return channel


if __name__ == "__main__":
    sys.exit(main())
