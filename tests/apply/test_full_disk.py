"""A disk that becomes full under an act in place: exit code 2, and the database is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from disks import FULL, disk, fill
from in_place import VARIABLE, Fleet, fleet
from typer.testing import CliRunner, Result

from motomind_nb import postgres
from motomind_nb.apply import finishing
from motomind_nb.cli import app

NAME = "fleet_without_room"


def run(*words: object) -> Result:
    """Run a command line on the database."""
    database = ("--database", f"env:{VARIABLE}", "--yes", NAME)
    return CliRunner().invoke(app, [str(word) for word in (*words, *database)])


def without_room(place: Path, free: int, *words: object) -> Result:
    """Run a command line with so many bytes free, which are all free again afterwards."""
    room = place / "room"
    room.write_bytes(bytes(free))
    fill(place)
    room.unlink()
    try:
        return run(*words)
    finally:
        for path in place.glob("filler*"):
            path.unlink()


@pytest.mark.campaign
def test_a_full_disk_leaves_the_database_whole(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("runs")
    monkeypatch.setattr(finishing, "ASK_TRIES", 6)  # three seconds until a dead server is left
    with disk(200 << 10) as place:
        data = place / "clusters" / "one"
        with postgres.embedded_server(data) as server, fleet(server, folder, NAME) as held:
            before, token = held.dump(), held.plan().token
            apply = ("apply", "--rehearsal", held.rehearsal.folder, "--approve", token)
            apply = (*apply, "--runs", folder)
            done = without_room(place, 1 << 20, *apply)
            assert done.exit_code == 2 and FULL in done.stderr, done.output
            assert held.state() == "legacy" and held.dump() == before
            # room for all but the log at COMMIT: the server itself ends, and recovers later
            done = without_room(place, 6 << 20, *apply)
            assert done.exit_code == 2, done.output
        with postgres.embedded_server(data) as server:
            again = Fleet(server.conninfo(NAME), server, held.rehearsal)
            monkeypatch.setenv(VARIABLE, again.conninfo)
            assert again.state() == "legacy" and again.dump() == before
            assert run(*apply).exit_code == 0 and again.state() == "applied"
            again.execute("INSERT INTO public.tenants (name) VALUES ('Since')")
            done = without_room(place, 0, "rollback", "--carry", "--runs", folder)
            assert done.exit_code in {0, 2}, done.output
            assert again.state() == ("rolled back" if done.exit_code == 0 else "applied")
