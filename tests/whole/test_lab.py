"""JupyterLab itself: started, a notebook run through its own server, parameters changed by hand."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import websocket

from motomind_nb import runs
from motomind_nb.core import resources
from motomind_nb.runs import Run

TOKEN = "a-token-for-this-test"


class Lab:
    """A running JupyterLab server and its REST and kernel channels."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, path: str, content: object = None) -> Any:
        """Return the JSON answer of the server's REST interface."""
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(
            f"http://{self.address}/api/{path}", data, {"Authorization": f"token {TOKEN}"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    def kernel(self, notebook: str) -> Kernel:
        """Start a kernel as the page of a notebook does."""
        wanted = {"path": notebook, "name": notebook, "type": "notebook"}
        facts = self.ask("sessions", {**wanted, "kernel": {"name": "python3"}})["kernel"]
        channel = websocket.create_connection(
            f"ws://{self.address}/api/kernels/{facts['id']}/channels?token={TOKEN}", timeout=120
        )
        return Kernel(channel)


class Kernel:
    """A kernel behind JupyterLab's websocket."""

    def __init__(self, channel: websocket.WebSocket) -> None:
        self.channel = channel

    def run(self, code: str) -> list[dict[str, Any]]:
        """Run a cell; return the contents of its outputs."""
        message_id = uuid.uuid4().hex
        header = {
            "msg_id": message_id,
            "username": "",
            "session": "s",
            "version": "5.3",
            "msg_type": "execute_request",
            "date": "",
        }
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        self.channel.send(
            json.dumps(
                {
                    "header": header,
                    "parent_header": {},
                    "metadata": {},
                    "content": content,
                    "channel": "shell",
                    "buffers": [],
                }
            )
        )
        outputs: list[dict[str, Any]] = []
        while True:
            message = json.loads(self.channel.recv())
            if message["parent_header"].get("msg_id") != message_id:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind in ("execute_result", "display_data", "stream", "error", "clear_output"):
                outputs.append({"kind": kind, **content})
            if kind == "status" and content["execution_state"] == "idle":
                return outputs


@pytest.fixture
def lab(run_before: Callable[[str], Run]) -> Iterator[tuple[Lab, Run]]:
    run, port, folder = (
        run_before("04_mileage"),
        free_port(),
        resources.packaged_folder("notebooks"),
    )
    with tempfile.TemporaryDirectory(prefix="motomind-lab-") as place:
        options = [
            f"--IdentityProvider.token={TOKEN}",
            "--no-browser",
            f"--port={port}",
            "--allow-root",
            "--ip=127.0.0.1",
            f"--notebook-dir={folder}",
            "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ]
        environment = {
            **os.environ,
            runs.RUN_VARIABLE: str(run.folder),
            "HOME": place,
            "JUPYTER_RUNTIME_DIR": f"{place}/runtime",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env=environment,
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield wait_until_it_answers(Lab(f"127.0.0.1:{port}")), run
        finally:
            process.terminate()
            process.wait(30)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(server: Lab) -> Lab:
    """Return the server once its interface answers."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            server.ask("status")
            return server
        except OSError:
            time.sleep(0.2)
    raise AssertionError("JupyterLab did not come up")


def code_cells(notebook: Path) -> list[str]:
    book = json.loads(notebook.read_text())
    return ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]


def test_a_notebook_runs_cell_by_cell_with_parameters_changed_by_hand(
    lab: tuple[Lab, Run],
) -> None:
    server, run = lab
    listed = {item["name"] for item in server.ask("contents")["content"]}
    assert {f"{name}.ipynb" for name in runs.NOTEBOOKS} <= listed
    cells = code_cells(resources.packaged_folder("notebooks") / "04_mileage.ipynb")
    changed = re.sub(r"charts_shown: int = \d+", "charts_shown: int = 1", cells[0])
    assert changed != cells[0]
    kernel = server.kernel("04_mileage.ipynb")
    outputs = [kernel.run(cell) for cell in [changed, *cells[1:]]]
    assert [item for group in outputs for item in group if item["kind"] == "error"] == []
    pictures = [
        item for group in outputs for item in group if "image/svg+xml" in item.get("data", {})
    ]
    assert pictures, "a chart is shown"
    assert kernel.run("print(compared.histories.vehicle_id.nunique())")[0]["text"].strip() == "1"
    assert (run.folder / "mileage.csv").exists()


def test_a_wrong_parameter_is_refused_in_one_line(lab: tuple[Lab, Run]) -> None:
    server, _ = lab
    cells = code_cells(resources.packaged_folder("notebooks") / "04_mileage.ipynb")
    kernel = server.kernel("04_mileage.ipynb")
    kernel.run(re.sub(r"charts_shown: int = \d+", 'charts_shown: int = "twelve"', cells[0]))
    kernel.run(cells[1])
    (error,) = [item for item in kernel.run(cells[2]) if item["kind"] == "error"]
    assert error["ename"] == "Refused"
    assert "charts_shown is 'twelve', not int" in error["evalue"]


WORK = """
import os, pathlib, time
from motomind_nb import runs
tell = runs.progress_writer(pathlib.Path(os.environ["MOTOMIND_RUN"]))
tell("rows glazed", 300, 9000)
time.sleep(1.5)
tell("rows glazed", 3000, 9000)
tell("rows glazed", 9000, 9000)
"""


def test_a_cell_shows_rows_rate_and_remaining_time_until_the_work_has_ended(
    lab: tuple[Lab, Run],
) -> None:
    server, _ = lab
    kernel = server.kernel("04_mileage.ipynb")
    cells = code_cells(resources.packaged_folder("notebooks") / "04_mileage.ipynb")
    stage = [item for cell in cells[:4] for item in kernel.run(cell)]
    assert [item for item in stage if item["kind"] == "error"] == []
    assert [item["wait"] for item in stage if item["kind"] == "clear_output"][-1:] == [False]
    told = kernel.run(WORK)
    lines = [item["text"].strip() for item in told if item["kind"] == "stream"]
    assert lines[0] == "rows glazed: 300 of 9,000"
    assert re.fullmatch(r"rows glazed: 3,000 of 9,000, [\d,]+/s, about \d s left", lines[1])
    assert told[-1] == {"kind": "clear_output", "wait": False}, "a saved notebook holds no times"
