"""An apply carried out: all steps in one transaction, measured step by step."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from motomind_nb.apply import locking, outside
from motomind_nb.apply.acts import Work
from motomind_nb.apply.finishing import commit
from motomind_nb.apply.planning import Plan, Request, plan_apply, plan_in_database
from motomind_nb.apply.state import IN_PLACE
from motomind_nb.apply.steps import apply_steps
from motomind_nb.core import Finding, Refused, Tell
from motomind_nb.postgres import connect, lasting_identity, query, rows, value

SWITCH = "switch"


@dataclass(frozen=True)
class Act:
    """How to carry out a plan: under which name, whether to keep it, how long to wait for locks.

    ``token`` is the one that was approved, empty for a dry run, which undoes everything.
    """

    run: str
    token: str = ""
    wait_seconds: float = 900.0
    tell: Tell = lambda _name, _done, _total: None
    say: Callable[[str], None] = lambda _text: None

    @property
    def is_dry(self) -> bool:
        """Whether everything is undone at the end."""
        return not self.token


@dataclass(frozen=True)
class Carried:
    """What an apply measured: seconds of each step, and how long others had to wait.

    ``writers`` and ``readers`` are seconds from the lock to the end of the transaction.
    """

    plan: Plan
    committed: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    writers: float = 0.0
    readers: float = 0.0
    failed_tries: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def after_commit(self, seconds: float) -> Carried:
        """Return it as it is once committed: others waited for that, too."""
        return replace(
            self,
            committed=True,
            seconds={**self.seconds, "commit": seconds},
            writers=self.writers + seconds,
            readers=self.readers + seconds,
        )

    def facts(self) -> dict[str, Any]:
        """Return what was measured as plain values for JSON."""
        return {
            **self.plan.facts(),
            "committed": self.committed,
            "seconds": {name: round(held, 3) for name, held in self.seconds.items()},
            "measured": {
                "writers_seconds": round(self.writers, 3),
                "readers_seconds": round(self.readers, 3),
            },
            "failed_tries": self.failed_tries,
        }


def carry_out(conninfo: str, request: Request, act: Act) -> Carried:
    """Apply the migration in one transaction; return what was measured.

    Writes: the database, all or nothing; nothing at all in a dry run.
    Raises: Refused (exit 3), CheckFailed (exit 1), MotomindError (exit 2): nothing has changed.
    """
    with connect(conninfo, schemas=IN_PLACE) as connection:
        transaction = str(value(connection, query("apply/transaction_id")))
        locking.take_advisory_lock(connection)
        planned = plan_apply(connection, request)
        planned.refuse_if_open()
        refuse_other_token(planned, act)
        patience = locking.Patience(act.wait_seconds, act.say)
        work = Work(connection, act.run, request.entries(), frozenset(), request.also, patience)
        carried = _take_steps(work, request, act)
        again = carried.plan  # made under the lock, with nothing but what is approved
        plan = replace(again, warnings=planned.warnings, predicted=planned.predicted)
        carried = replace(carried, plan=plan)
        if act.is_dry:
            connection.rollback()
            return carried
        started = time.monotonic()
        commit(connection, conninfo, transaction)
        return carried.after_commit(time.monotonic() - started)


def refuse_other_token(plan: Plan, act: Act) -> None:
    """Raise Refused when what is planned now is not what was approved."""
    if not act.is_dry and plan.token != act.token:
        raise Refused(
            "token",
            f"the one of this plan, {plan.token}",
            act.token,
            "read the new plan (--plan): something that was approved has changed since",
        )


def _take_steps(work: Work, request: Request, act: Act) -> Carried:
    """Take every step, in order, and record the application; return what was measured.

    The plan is made again once the tables are locked: nobody can change them any more.
    """
    seconds: dict[str, float] = {}
    ends: dict[str, float] = {}
    plan: Plan | None = None
    steps = apply_steps(work.connection, request.also, ())
    for number, step in enumerate(steps, 1):
        started = time.monotonic()
        with locking.refuse_when_others_stop_it():
            step.act(work)
        ends[step.name] = time.monotonic()
        seconds[step.name] = ends[step.name] - started
        if plan is None:
            plan = plan_in_database(work.connection, request)
            plan.refuse_if_open()
            refuse_other_token(plan, act)
            work.rebind, work.source = plan.rebind, plan.source
        act.tell("apply", number, len(steps))
    assert plan is not None
    _record(work, request, plan)
    now = time.monotonic()
    return Carried(
        plan,
        seconds=seconds,
        writers=now - ends[steps[0].name],
        readers=now - ends[SWITCH] + work.held_seconds,
        failed_tries=work.patience.failed,
        findings=work.findings,
    )


def _record(work: Work, request: Request, plan: Plan) -> None:
    """Write down what was applied and what rollback must put back. Writes: audit.application."""
    connection = work.connection
    before = {
        "ids": work.ids,
        "usage": work.usage,
        "built": rows(connection, query("apply/rollback/built_objects")),
        "columns": rows(connection, query("apply/rollback/built_columns")),
        **outside.as_facts(work.bound, work.members),
    }
    connection.execute(
        query("apply/record"),
        {
            "id": work.run,
            "rehearsal": request.rehearsal.id,
            "identity": lasting_identity(connection),
            "token": plan.token,
            "before": json.dumps(before),
        },
    )
