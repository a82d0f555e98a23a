"""The capture of a rebuilt schema lies in the run folder, and notebook 05 compares with it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from motomind_nb import rebuilt, stages
from motomind_nb.core import Refused
from motomind_nb.runs import Run, kept_evidence

RunBefore = Callable[[str], Run]


def execute(run: Run, *statements: str) -> None:
    with run.connect(autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def subjects(run: Run, status: str) -> list[str]:
    """The subjects of a new look at the schema that have this status."""
    found = stages.run_architecture_proofs(run).findings
    mine = found[(found.check == "schema as built") & (found.status == status)]
    return mine.subject.tolist()


def test_a_run_keeps_what_it_built_and_finds_it_unchanged(run_before: RunBefore) -> None:
    run = run_before("05_architecture")
    captured = rebuilt.Capture.from_json(kept_evidence(run, "schema.json"))
    kept = {(line.schema, line.object) for line in captured.lines}
    assert ("public", "vehicle_events (partitions)") in kept
    assert ("legacy", "odometer_readings") in kept and ("audit", "loadable_users") in kept
    assert captured.theirs == ()
    assert subjects(run, "ok") == ["rebuilt schema"]
    told = stages.read_stage_findings(run, "load")
    packaged = told[told.check == "rebuilt definition"]
    assert packaged.status.tolist() == ["ok"]
    assert not (told.check == "environment").any()


def test_what_was_changed_since_is_named_both_ways(run_before: RunBefore) -> None:
    run = run_before("05_architecture")
    execute(
        run,
        "DROP POLICY tenant_insert ON public.users",
        "CREATE TABLE legacy.more (id integer)",
        "CREATE VIEW audit.loadable_more AS SELECT 1 AS one",
    )
    assert subjects(run, "fail") == ["audit.loadable_more", "legacy.more", "public.users: policy"]


def test_what_stood_in_public_before_may_stay_but_not_change(run_before: RunBefore) -> None:
    run = run_before("02_rebuild")
    made = "CREATE OR REPLACE FUNCTION public.of_theirs() RETURNS integer LANGUAGE sql AS "
    execute(run, f"{made} 'SELECT 1'", "CREATE TYPE public.colour AS ENUM ('red')")
    found = stages.rebuild_and_load(run)
    (note,) = found[found.check == "objects of others"].to_dict("records")
    assert (note["status"], note["found"]) == (
        "note",
        "2: public.of_theirs(), public.type colour",
    )
    assert (found[found.check == "rebuilt definition"].status == "ok").all()
    with run.connect() as connection:
        captured = rebuilt.Capture.from_json(kept_evidence(run, "schema.json"))
        assert [item.status for item in rebuilt.compare_with_capture(connection, captured)] == [
            "ok"
        ]
        connection.execute(f"{made} 'SELECT 2'")
        (found_one,) = rebuilt.compare_with_capture(connection, captured)
        assert found_one.subject == "public.of_theirs(): body"


def test_a_capture_that_was_changed_or_is_gone_is_refused(run_before: RunBefore) -> None:
    run = run_before("05_architecture")
    path = run.folder / "evidence" / "schema.json"
    facts = json.loads(path.read_text())
    facts["lines"] = [line for line in facts["lines"] if line[1] != "users"]
    path.write_text(json.dumps(facts))
    with pytest.raises(Refused, match=r"schema\.json"):
        stages.run_architecture_proofs(run)
    path.unlink()
    with pytest.raises(Refused, match=r"schema\.json"):
        stages.run_architecture_proofs(run)
