"""A legacy database and its rehearsal, as an operator has them on the day of the migration."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import make_conninfo

from motomind_nb import apply, backup, legacy, postgres, profile, provenance, runs, stages
from motomind_nb.core import Refused, write_json
from motomind_nb.postgres import Server, connect
from motomind_nb.runs import LiveDatabase, Named, Run

VARIABLE = "FLEET_OF_TOMORROW"
OURS = ("public", "legacy", "private", "audit")
KEY = re.compile(r"^\\(un)?restrict .*$", re.MULTILINE)  # pg_dump's own, another each time


@dataclass(frozen=True)
class Fleet:
    """A database in its legacy state, its server and a rehearsal that passed."""

    conninfo: str
    server: Server
    rehearsal: Run

    def request(self, **choices: Any) -> apply.Request:
        """What an operator asks for."""
        return apply.Request(self.rehearsal, **choices)

    def plan(self, **choices: Any) -> apply.Plan:
        """The plan of an apply."""
        with connect(self.conninfo, schemas=apply.IN_PLACE) as connection:
            return apply.plan_apply(connection, self.request(**choices))

    def apply(self, **choices: Any) -> apply.Carried:
        """Plan, approve and apply."""
        plan = self.plan(**choices)
        assert plan.open_points == ()
        run = f"run-{plan.token[:8]}-{id(plan)}"
        return apply.carry_out(self.conninfo, self.request(**choices), apply.Act(run, plan.token))

    def roll_back(self, folder: Path, **way: Any) -> apply.Undone:
        """Take the apply back."""
        return apply.roll_back(self.conninfo, apply.Way(folder, **way), patience(5))

    def state(self) -> str:
        """The state of the database in a word."""
        with connect(self.conninfo) as connection:
            return apply.read_state(connection).name

    def execute(self, *statements: str) -> list[tuple[Any, ...]]:
        """Execute statements in one transaction; the rows of the last one."""
        with connect(self.conninfo) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def dump(self, *options: str) -> str:
        """The schema as pg_dump writes it, without what the migration keeps on purpose."""
        program = postgres.psql_program().with_name("pg_dump")
        done = subprocess.run(
            [str(program), "-s", "--exclude-schema=audit", *options, "-d", self.conninfo],
            capture_output=True,
            text=True,
            check=True,
        )
        return KEY.sub("", done.stdout)


def patience(seconds: float) -> apply.Patience:
    """How long to try for locks; nobody is told."""
    return apply.Patience(seconds, lambda _text: None)


@contextmanager
def fleet(
    server: Server, folder: Path, name: str = "fleet", data: str = "sample"
) -> Iterator[Fleet]:
    """Give a legacy database of the server with a rehearsal: a backup of it, and a verdict."""
    conninfo = server.new_database(name)
    with connect(conninfo) as connection:
        legacy.create_sample(connection, data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, conninfo)
        yield Fleet(conninfo, server, rehearsed(folder))


def rehearsed(folder: Path) -> Run:
    """A run folder with a backup of the database that the variable names and a passed verdict."""
    run = runs.create_run(folder, LiveDatabase(f"env:{VARIABLE}"), Named(f"env:{VARIABLE}"))
    stages.back_up(run)
    write_json(run.folder / "verdict.json", {"verdict": "passed", "tool": provenance.tool_facts()})
    return run


def refusal(act: Any) -> Refused:
    """The refusal that an act ends with."""
    with pytest.raises(Refused) as caught:
        act()
    return caught.value


def accepting(subject: str, held: Fleet, handled: str = "rebind") -> str:
    """An entry of an accept file for one dependent of the fleet."""
    found = profile.dependent_findings(backup.read_manifest(held.rehearsal.backup))
    item = next(one for one in found if one.subject == subject)
    lines = [
        "[[accepted]]",
        'check = "outside dependent"',
        f"subject = {json.dumps(subject)}",
        f"rows = {item.rows}",
        f'digest = "{item.digest}"',
        'reason = "it follows"',
        'by = "Ida"',
        "until = 2999-12-31",
        f'handled = "{handled}"',
    ]
    return "\n".join(lines) + "\n"


def as_host(conninfo: str) -> str:
    """The same database as the host's administrator sees it."""
    return make_conninfo(conninfo, user="postgres")


def outside(held: Fleet) -> list[str]:
    """What pg_dump says of all schemas but ours, of publications and event triggers."""
    host = replace(held, conninfo=as_host(held.conninfo))
    return host.dump(*(f"--exclude-schema={name}" for name in OURS)).splitlines()
