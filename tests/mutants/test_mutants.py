"""The audit finds planted faults: a fixed sample of ``make mutants``, and what its scores rest on.

``MOTOMIND_MUTANTS`` sets how many of each kind are planted here. Those that are known to pass are
listed in survivors.csv; any other one that passes fails.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import audited
import crew
import kept
import mutants
import pytest
import scores
import select_faults
import statement_faults
import states
from conftest import rolled_back
from faults import HOLE, ROOT, Fault, statements

from motomind_nb import postgres, runs
from motomind_nb.backup import read_manifest
from motomind_nb.desk import opening
from motomind_nb.report.miss_rate import miss_rate
from motomind_nb.runs import Run
from motomind_nb.stages import record

# enough to show that planting works, whatever the part; .ci/run plants one fault of every kind
EACH = int(os.environ.get("MOTOMIND_MUTANTS", "0"))
FEW = 4  # of each part
PATH = "motomind_nb/load/sql/projections/garages__garages.sql"
ISSUE_KINDS = {
    "sql": """column to NULL|column to its neighbour|plus one|minus one|cast dropped|zone dropped
        |zone shifted|rounded|trimmed|lower case|coalesce to a default|WHERE dropped|WHERE negated
        |join kind changed|column of a condition exchanged|DISTINCT added|UNION ALL to UNION
        |policy true|WITH CHECK dropped|grant widened to anon|SECURITY DEFINER added
        |search_path removed|WHEN (false)|view filter dropped|constraint NOT VALID""",
    "damage": """value altered|value to NULL|values exchanged|row lost|row doubled|row re-owned
        |function of another body|trigger off|rule added|policy true|right on a relation
        |owner of a relation|constraint dropped|index dropped|default dropped|persistence
        |default privileges|publication|event trigger|role attribute|membership|role setting""",
    "check": "query finds nothing|function answers ok",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[states.States]:
    """What the faults are planted in, on a server of its own: damages alter roles."""
    kept = {name: os.environ.get(name) for name in (states.VARIABLE, runs.SOCKET_VARIABLE)}
    with postgres.embedded_server() as server:
        yield states.make_states(server, tmp_path_factory.mktemp("mutants"))
    for name, value in kept.items():
        os.environ.pop(name, None)
        os.environ.update({name: value} if value is not None else {})


@pytest.fixture(scope="module")
def every(made: states.States) -> list[Fault]:
    return mutants.every_fault(made.server)


@pytest.mark.campaign
def test_each_kind_of_the_issue_has_ten_faults_or_all_there_are(every: list[Fault]) -> None:
    few = {"zone dropped", "event trigger", "persistence", "membership", "role setting"}
    for part, kinds in ISSUE_KINDS.items():
        for kind in (" ".join(name.split()) for name in kinds.split("|")):
            number = sum((fault.part, fault.kind) == (part, kind) for fault in every)
            assert number >= (1 if kind in few else 10), (part, kind, number)
    assert len(every) >= 2000


def test_the_stored_scores_are_of_the_present_kinds(every: list[Fault]) -> None:
    stored = {(line["part"], line["kind"]) for line in scores.stored_scores()}
    assert stored == {(fault.part, fault.kind) for fault in every}


def test_the_readme_says_what_is_stored() -> None:
    [(_, said)] = miss_rate()
    assert said in " ".join((ROOT / "README.md").read_text("utf-8").split())


def a_fault_between_two_harmless_changes() -> list[Fault]:
    text = (ROOT / PATH).read_text("utf-8")
    wrong = text.replace("g.lat,", "g.lat + 1 AS lat,")
    harmless = Fault("sql", "same", PATH, "", PATH, text + "\n")
    return [harmless, Fault("sql", "trimmed", PATH, "", PATH, wrong), harmless]


READINGS = "motomind_nb/load/sql/readings.sql"
OF_READINGS = ("o.mileage -> o.mileage - 1", "f.vehicle_id -> id")


def faults_of_readings(every: list[Fault]) -> list[Fault]:
    """The load's query of the readings a mile short, and with another vehicle."""
    return [fault for fault in every if fault.path == READINGS and fault.what in OF_READINGS]


def chosen_faults(every: list[Fault]) -> list[Fault]:
    """The faults of each kind that are asked for, else a few of each part."""
    chosen = mutants.sample(every, max(EACH, 1))
    if EACH:
        return chosen
    chosen.sort(key=mutants.place)
    parts = {part: [fault for fault in chosen if fault.part == part] for part in ISSUE_KINDS}
    return [fault for held in parts.values() for fault in held[:FEW]]


@pytest.fixture(scope="module")
def answers(made: states.States, every: list[Fault]) -> list[crew.Answer]:
    """What became of all that is planted, the three changes of one file first.

    A process takes as long to begin as for ten faults: a few need no second one.
    """
    planted = [
        *a_fault_between_two_harmless_changes(),
        *faults_of_readings(every),
        *chosen_faults(every),
    ]
    return crew.judge(made, planted, 2 if EACH else 1, lambda _: None)


@pytest.mark.campaign
def test_the_marks_are_compared_with_a_query_of_their_own(answers: list[crew.Answer]) -> None:
    """The load's query of the readings judges and would be asked again by its own check."""
    mine = [answer for answer in answers if answer.fault.path == READINGS]
    assert set(OF_READINGS) <= {answer.fault.what for answer in mine}
    assert {answer.seen for answer in mine if answer.fault.what in OF_READINGS} == {"disputed"}


def test_faults_that_are_planted_are_found(answers: list[crew.Answer]) -> None:
    answers = answers[3:]
    known = {(line["part"], line["kind"], line["place"], line["what"]) for line in scores.listed()}
    assert {answer.fault.part for answer in answers} == set(ISSUE_KINDS)
    passed = {
        (line["part"], line["kind"], line["place"], line["what"])
        for line in scores.survivor_lines(answers)
        if line["reason"] != scores.SAME
    }
    assert passed <= known, sorted(passed - known)
    assert sum(bool(answer.seen) for answer in answers) > len(answers) / 2


def test_a_run_that_was_stopped_goes_on_with_what_it_kept(tmp_path: Path) -> None:
    faults = [Fault("sql", "dip", f"wagons {number}", "") for number in range(4)]
    results = kept.Results(tmp_path / "new" / "results.jsonl")
    assert results.answers(faults) == []
    for number in (2, 0):
        results.keep(crew.Answer(faults[number], {"seen": "", "cpu": number}))
    with results.path.open("a") as file:
        file.write('\n{"version": "killed while it wr')
    again = kept.Results(results.path)
    again.keep(crew.Answer(faults[3], {"seen": "rows", "cpu": 3}))
    assert [answer.fault for answer in again.answers(faults)] == [faults[0], *faults[2:]]
    assert [answer.said["cpu"] for answer in again.answers(faults)] == [0, 2, 3]
    other = Fault("sql", "dip", "wagons 0", "", text="another text")
    assert again.answers([other]) == [], "the same words of another fault say nothing"
    again.version = "of another package"
    assert again.answers(faults) == []


def test_the_first_faults_of_each_kind_come_first() -> None:
    faults = [Fault("sql", kind, str(number), "") for kind in "aab" for number in range(5)]
    assert [fault.kind for fault in mutants.sample(faults, 2)] == ["a", "b", "a", "b"]
    assert len(mutants.sample(faults, 0)) == len(faults)
    checks = [Fault("check", "c", str(number), "") for number in range(5)]
    assert len(mutants.sample([*faults, *checks], 2, "check")) == 4 + 5


def test_of_kinds_that_mostly_change_nothing_more_are_planted() -> None:
    faults = [Fault("sql", "rare", str(number), "") for number in range(60)]
    nothing = [crew.Answer(fault, {"seen": "", "same": True}) for fault in faults[:30]]
    some = [crew.Answer(fault, {"seen": "rows"}) for fault in faults[30:37]]
    more = mutants.others_of_rare_kinds(faults, [*nothing, *some])
    assert len(more) == 6 and set(more) <= set(faults[37:])
    enough = [crew.Answer(fault, {"seen": ""}) for fault in faults[30:40]]
    assert mutants.others_of_rare_kinds(faults, [*nothing, *enough]) == []
    assert mutants.others_of_rare_kinds(faults[:37], [*nothing, *some]) == []


def test_the_healthy_load_is_audited_as_the_stages_do(made: states.States) -> None:
    run = runs.open_run_folder(made.folder)
    for notebook in ("03_row_counts", "04_mileage", "05_architecture"):
        opening.run_stage_without_notebook(run, notebook)
    stages = ("row_counts", "mileage", "architecture")
    kept = {(line[1], line[2], line[5]) for stage in stages for line in told(run, stage)}
    with rolled_back(made.server.conninfo(states.LOADED)) as connection:
        case = audited.Case(connection, run, read_manifest(run.backup))
        told_here = audited.told(case, audited.DAMAGED, None)
        found = {(item.check, item.subject, item.status) for item in told_here}
    assert kept == found


def told(run: Run, stage: str) -> list[tuple[str, ...]]:
    """What a stage kept."""
    return record.stored_findings(run, stage)


@pytest.mark.parametrize("path", mutants.load_queries())
def test_a_query_survives_being_parsed_and_written(path: str) -> None:
    # what sqlglot writes must be the same query, or a fault would be two
    text = (ROOT / path).read_text("utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.strip().startswith("--"))
    once = select_faults.round_trip(text)
    assert select_faults.round_trip(once) == once
    assert Counter(HOLE.findall(once)) == Counter(HOLE.findall(code))


def test_only_comments_a_time_and_one_notice_have_no_fault() -> None:
    left = [text for text in statement_faults.without_fault({}) if "COMMENT ON" not in text]
    views = "schema/target/beside/05_views.sql"
    assert left == [
        f"{views}: UPDATE private.job_log SET finished_at = clock_timestamp",
        "schema/target/final/18_complete.sql: NOTIFY pgrst, 'reload schema';",
    ]


def test_every_query_of_the_load_has_a_fault(every: list[Fault]) -> None:
    folder = ROOT / "motomind_nb" / "load" / "sql"
    planted = {fault.path for fault in every}
    without = {
        path.stem for path in folder.rglob("*.sql") if str(path.relative_to(ROOT)) not in planted
    }
    assert without == set(mutants.PREPARING)


def test_a_script_is_split_into_its_statements() -> None:
    text = "-- a;\nSELECT ';', $x$ ; $x$;\n\nDO $$ BEGIN; END $$;\n-- b\nTABLE t;\n"
    said = [text[start:end] for start, end in statements(text)]
    assert said == ["SELECT ';', $x$ ; $x$;", "DO $$ BEGIN; END $$;", "TABLE t;"]


def test_a_fault_in_a_file_of_ours_leaves_it_as_it_was(
    made: states.States, answers: list[crew.Answer]
) -> None:
    assert [bool(answer.said.get("same")) for answer in answers[:3]] == [True, False, True]
    assert (ROOT / PATH).read_text("utf-8") == answers[0].fault.text[:-1]
    assert not list(Path(made.folder.parent).glob("copy_*/motomind_nb/**/*.part"))
