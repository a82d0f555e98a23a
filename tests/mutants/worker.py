"""One process of ``make mutants``: plants one fault after the other in its own copy and database.

Standard input gives what to work on and then a fault a line, as JSON; a line of standard output
answers each. The package is imported from a copy of it, named by PYTHONPATH, so that a fault stands
in the file itself: load, rebuild and every check read it as they would read ours.
"""

from __future__ import annotations

import functools
import gc
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import audited
import psycopg
from audited import BUILT, DAMAGED, DAMAGED_ROWS, LOADED_ONLY, Case, Key
from faults import Fault

from motomind_nb import backup, runs
from motomind_nb.core import Finding, MotomindError
from motomind_nb.postgres import connect

COPY = Path(audited.runs.__file__).resolve().parent.parent.parent
SLOW = b"SET statement_timeout = '20s'"  # a query without its condition can run for hours
# a text that PostgreSQL does not take is no fault that anybody could plant
UNPLANTED = (
    psycopg.errors.UndefinedColumn
    | psycopg.errors.UndefinedTable
    | psycopg.errors.UndefinedFunction
    | psycopg.errors.DatatypeMismatch
    | psycopg.errors.CannotCoerce
    | psycopg.errors.InvalidTableDefinition
    | psycopg.errors.InvalidObjectDefinition
    | psycopg.errors.GroupingError
    | psycopg.errors.InvalidColumnReference
    | psycopg.errors.IndeterminateDatatype
    | psycopg.errors.FeatureNotSupported
)
AGAIN = ("tuple concurrently updated", "deadlock detected")


class Worker:
    """A copy of the package, a run to read the evidence of, and two databases of its own."""

    def __init__(self, facts: dict[str, str]) -> None:
        os.environ[runs.SOCKET_VARIABLE] = facts["socket"]
        self.facts = facts
        self.run = runs.open_run_folder(Path(facts["folder"]))
        self.manifest = backup.read_manifest(self.run.backup)
        self.do: Callable[[], None]
        self.undo: Callable[[], None]
        self.known = {"damage": self._keys(self._damaged(None, DAMAGED))}
        with self.case("staged") as case:
            found, captured = audited.rebuild(case)
            self.state = audited.state(case.connection)
            self.known["sql"] = self._keys([*found, *audited.told(case, BUILT, captured)])
        with self.case("loaded") as case:
            self.given_back = audited.given_back(case)

    @staticmethod
    def _keys(found: list[Finding]) -> set[Key]:
        return audited.failures(found)

    @contextmanager
    def case(self, which: str) -> Iterator[Case]:
        """A transaction on the stage or the load that is rolled back."""
        with connect(self.facts[which], autocommit=True) as connection:
            connection.execute(SLOW)
            with connection.transaction(force_rollback=True):
                yield Case(connection, self.run, self.manifest)

    def _damaged(
        self,
        damage: Fault | None,
        parts: tuple[str, ...],
        seen: Callable[[Finding], bool] = lambda _: False,
    ) -> list[Finding]:
        """The findings of an audit of the load after a damage, up to the one that is taken."""
        found: list[Finding] = []
        with self.case("loaded") as case:
            if damage:
                self.damage(case, damage)
            for finding in audited.told(case, parts, None):
                found.append(finding)
                if seen(finding):
                    break
        return found

    @staticmethod
    def damage(case: Case, damage: Fault) -> None:
        """Do a damage; one that changes no row is none."""
        connection = case.connection
        if damage.asleep:
            connection.execute(b"SET LOCAL session_replication_role = replica")
        for statement in damage.statements:
            done = connection.execute(statement.encode())
            if statement.startswith(("UPDATE", "DELETE", "INSERT")) and not done.rowcount:
                raise LookupError("no row is changed")
        if damage.asleep:
            connection.execute(b"SET LOCAL session_replication_role = origin")

    def answer(self, fault: Fault) -> dict[str, object]:
        """What saw a fault; nothing where it passed, or why it could not be planted."""
        for _ in range(5):
            try:
                return {"sql": self._sql, "damage": self._live, "check": self._check}[fault.part](
                    fault
                )
            except psycopg.Error as error:
                if not any(words in str(error) for words in AGAIN):
                    raise
                time.sleep(0.2)
        raise RuntimeError(fault.id)

    def _new(self, part: str) -> Callable[[Finding], bool]:
        known = self.known[part]
        return lambda item: item.status == "fail" and audited.key_of(item) not in known

    def _sql(self, fault: Fault) -> dict[str, object]:
        """A fault in our SQL: rebuilt, loaded and audited from the changed file."""
        with self._written(fault):
            try:
                return self._audited(fault)
            except psycopg.Error as error:
                if any(words in str(error) for words in AGAIN):
                    raise
                if isinstance(error, psycopg.errors.SyntaxError | UNPLANTED):
                    return {"seen": "", "refused": str(error).splitlines()[0][:200]}
                return {"seen": "the run stops", "detail": type(error).__name__}
            except (MotomindError, KeyError, ValueError, TypeError, AttributeError) as error:
                return {"seen": "the run stops", "detail": repr(error)[:200]}

    def _audited(self, fault: Fault) -> dict[str, object]:
        """What sees a fault that is in the file: nothing where the database is the same."""
        if "/reverse/" in fault.path:
            return self._of_the_way_back()
        of_load = fault.path.startswith("motomind_nb/load")
        with self.case("staged") as case:
            if fault.path.endswith("00_audit.sql"):
                audited.renew_audit_schema(case)
            decisions, captured = audited.rebuild(case)
            if of_load and audited.state(case.connection) == self.state:
                return {"seen": "", "same": True}
            parts = LOADED_ONLY if of_load else BUILT
            for finding in chain(decisions, audited.told(case, parts, captured)):
                if self._new("sql")(finding):
                    return {"seen": finding.check, "detail": finding.subject}
            same = not of_load and audited.state(case.connection) == self.state
            return {"seen": "", "same": same}

    def _of_the_way_back(self) -> dict[str, object]:
        """What sees a fault of a reverse projection, which reads a finished load and makes none."""
        with self.case("loaded") as case:
            for finding in audited.told(case, ("round trip",), None):
                if self._new("damage")(finding):
                    return {"seen": finding.check, "detail": finding.subject}
            return {"seen": "", "same": audited.given_back(case) == self.given_back}

    def _live(self, fault: Fault) -> dict[str, object]:
        """A damage of the live database."""
        parts = DAMAGED_ROWS if fault.asleep else DAMAGED
        try:
            found = self._damaged(fault, parts, self._new("damage"))
        except LookupError as error:
            return {"seen": "", "refused": str(error)}
        except psycopg.Error as error:
            if any(words in str(error) for words in AGAIN):
                raise
            return {"seen": "", "refused": str(error).splitlines()[0][:200]}
        seen = next(filter(self._new("damage"), found), None)
        return {"seen": seen.check, "detail": seen.subject} if seen else {"seen": ""}

    @contextmanager
    def _written(self, fault: Fault) -> Iterator[None]:
        """The fault's text in the file of the copy, meanwhile."""
        path = COPY / fault.path
        before = path.read_bytes()
        try:
            put(path, fault.text.encode())
            yield
        finally:
            put(path, before)

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """The audit as it is, in the midst of a fault of it."""
        undo, do = self.undo, self.do
        undo()
        try:
            yield
        finally:
            do()

    def _check(self, fault: Fault) -> dict[str, object]:
        """A check that answers ok: what a panel of damages no longer tells."""
        from checks import panel_findings

        if fault.text:
            path = COPY / fault.path
            before = path.read_bytes()
            self.do, self.undo = partial(put, path, fault.text.encode()), partial(put, path, before)
        else:
            self.do, self.undo = answering_ok(fault.path, fault.name)
        self.do()
        try:
            return panel_findings(self, fault)
        finally:
            self.undo()


def put(path: Path, content: bytes) -> None:
    """Write a file of the copy, and let nobody remember what it held."""
    path.write_bytes(content)
    forget_files()


def forget_files() -> None:
    """Empty what the package remembers of its files."""
    for held in gc.get_objects():
        remembers = isinstance(held, functools._lru_cache_wrapper)
        if remembers and str(held.__module__).startswith("motomind_nb"):
            held.cache_clear()


def answering_ok(module: str, name: str) -> tuple[Callable[[], None], Callable[[], None]]:
    """How to let a function that returns findings say ok, wherever it was imported, and back."""
    right = getattr(importlib.import_module(module), name)
    places = [
        held
        for key, held in sys.modules.items()
        if key.startswith("motomind_nb") and getattr(held, name, None) is right
    ]

    def put_everywhere(function: Callable[..., Any]) -> None:
        for place in places:
            setattr(place, name, function)

    return partial(put_everywhere, _ok(right)), partial(put_everywhere, right)


def _ok(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def said(*args: Any, **named: Any) -> Any:
        found = function(*args, **named)
        if isinstance(found, Finding):
            return replace(found, status="ok")
        return [replace(item, status="ok") for item in found]

    return said


def main() -> None:
    """Answer every line."""
    facts = json.loads(sys.stdin.readline())
    worker = Worker(facts)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        given = json.loads(line)
        given["statements"] = tuple(given["statements"])
        start = time.process_time(), time.perf_counter()
        said = worker.answer(Fault(**given))
        said["cpu"] = time.process_time() - start[0]
        said["seconds"] = time.perf_counter() - start[1]
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
