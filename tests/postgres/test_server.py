"""The embedded server: starts anywhere, answers, and never outlives its caller."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from motomind_nb import postgres
from motomind_nb.core import MotomindError
from motomind_nb.postgres import connect, rows, value

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
CALLER = """
import sys, time
from motomind_nb import postgres
running = postgres.start_server()
print(running.socket, running.data, running.keeper.pid, flush=True)
time.sleep(600)
"""


def gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return True
    return state == "Z"


def wait_until(condition: object, seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def caller() -> object:
    """A Python that started a server: (process, socket, data, keeper's pid, postmaster's pid)."""
    process = subprocess.Popen([sys.executable, "-c", CALLER], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    socket, data, keeper = process.stdout.readline().split()
    postmaster = int((Path(data) / "postmaster.pid").read_text().splitlines()[0])
    yield process, Path(socket), Path(data), int(keeper), postmaster
    process.kill()
    process.wait()
    process.stdout.close()


def test_kill_nine_leaves_no_process_and_no_lock(caller: tuple) -> None:
    process, socket, data, keeper, postmaster = caller
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert wait_until(lambda: gone(postmaster) and gone(keeper))
    assert not socket.exists() and not data.exists()
    assert not list(Path("/tmp").glob(f"{socket.name}*"))


def test_the_server_ends_even_when_its_keeper_is_killed(caller: tuple) -> None:
    _, socket, data, keeper, postmaster = caller
    os.kill(keeper, signal.SIGKILL)
    assert wait_until(lambda: gone(postmaster))
    assert not (data / "postmaster.pid").exists(), "a lock file stayed"
    for folder in (socket, data):  # nobody is left to remove them
        shutil.rmtree(folder, ignore_errors=True)


def test_control_c_of_the_terminal_does_not_reach_the_server(caller: tuple) -> None:
    process, _, _, keeper, postmaster = caller
    assert os.getpgid(keeper) != os.getpgid(process.pid)
    assert os.getpgid(postmaster) != os.getpgid(process.pid)


def test_a_cluster_that_was_killed_starts_again() -> None:
    data = Path(tempfile.mkdtemp(prefix="motomind-test-", dir="/tmp")) / "cluster"
    data.parent.chmod(0o755)
    first = postgres.start_server(data)
    first.new_database("kept")
    os.kill(int((data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    first.stop()
    with postgres.embedded_server(data) as second:
        assert "kept" in second.databases()
    assert not (data / "postmaster.pid").exists()
    subprocess.run(["rm", "-rf", str(data.parent)], check=True)


def test_two_servers_on_one_cluster_are_refused_with_one_line() -> None:
    with postgres.embedded_server() as first, pytest.raises(MotomindError) as caught:
        postgres.start_server(first.data)
    assert "embedded server" in str(caught.value) and "\n" not in str(caught.value)


def test_no_port_is_opened(server: postgres.Server) -> None:
    with connect(server.conninfo()) as connection:
        assert value(connection, "SHOW listen_addresses") == ""


def test_a_new_database_has_roles_and_the_uuid_stand_in(empty_database: str) -> None:
    with connect(empty_database) as connection:
        names = {row["rolname"] for row in rows(connection, "SELECT rolname FROM pg_roles")}
        assert {"anon", "authenticated", "service_role"} <= names
        assert value(connection, "SELECT extensions.uuid_generate_v4() IS NOT NULL")


@pytest.mark.skipif(not DEBIAN_15.exists(), reason="Debian's PostgreSQL 15 is not installed")
def test_a_server_of_another_version_is_used_when_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTOMIND_POSTGRES_BIN", str(DEBIAN_15))
    with postgres.embedded_server() as running, connect(running.conninfo()) as connection:
        assert connection.info.server_version // 10000 == 15


def test_missing_binaries_are_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made: list[Path] = []

    def make(**where: str) -> str:
        made.append(Path(mkdtemp(**where)))
        return str(made[-1])

    mkdtemp = tempfile.mkdtemp
    monkeypatch.setattr(tempfile, "mkdtemp", make)
    monkeypatch.setenv("MOTOMIND_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(MotomindError, match="embedded server: expected PostgreSQL 15 or newer"):
        postgres.start_server()
    assert made and not made[0].exists() and not Path(f"{made[0]}.data").exists()


def python_for_everyone() -> str:
    """A Python of this version that any user may run (root's own may lie in a closed folder)."""
    named = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{named}", f"/usr/local/bin/{named}"):
        trail = [Path(candidate).resolve(), *Path(candidate).resolve().parents]
        if trail[0].exists() and all(path.stat().st_mode & stat.S_IXOTH for path in trail):
            return candidate
    pytest.skip(f"no {named} that another user may run")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_users_who_are_not_root_get_a_server_too() -> None:
    nobody = pwd.getpwnam("nobody")
    script = (
        "from motomind_nb import postgres\n"
        "with postgres.embedded_server() as s: print(s.databases(), s.data.owner())"
    )
    with tempfile.TemporaryDirectory(prefix="motomind-test-", dir="/tmp") as home:
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
        done = subprocess.run(
            [python_for_everyone(), "-c", script],
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            cwd="/tmp",
            extra_groups=[],
            capture_output=True,
            text=True,
            check=False,
            env={
                **os.environ,
                "HOME": home,
                "MOTOMIND_HOME": home,
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            },
        )
    if "ModuleNotFoundError" in done.stderr:
        pytest.skip("this checkout can't be read by another user")
    assert done.stdout.strip() == "['postgres'] nobody", done.stderr
