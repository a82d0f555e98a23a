"""The pipeline's joints: parameters, predecessors, fresh runs, verdicts, accepted differences."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas
import psycopg
import pytest

from motomind_nb import catalog, headless, parameters, pipeline
from motomind_nb import run as runs
from motomind_nb.errors import CheckFailed, MotomindError, Refused
from motomind_nb.pipeline import verdict
from motomind_nb.progress import quiet
from motomind_nb.run import Run

FINDING = ["stage", "check", "subject", "expected", "actual", "status", "detail", "accepted"]


def values(notebook: str, **changed: object) -> dict[str, object]:
    """The parameters of a notebook as its cell sets them, some of them changed."""
    kinds = {"str": "", "int": 5, "float": 1.0, "bool": False}
    return {name: kinds[kind] for name, kind in parameters.declared(notebook).items()} | changed


@pytest.mark.parametrize("notebook", runs.NOTEBOOKS)
def test_every_notebook_declares_source_target_and_runs(notebook: str) -> None:
    assert list(parameters.declared(notebook))[:3] == ["source", "target", "runs"]


def test_papermills_true_string_false_is_refused() -> None:
    with pytest.raises(Refused, match="show_personal is 'false', not bool"):
        parameters.check("01_profile", values("01_profile", show_personal="false"))


def test_a_number_is_no_truth_value_and_no_text() -> None:
    with pytest.raises(Refused, match="typical_values is True, not int"):
        parameters.check("01_profile", values("01_profile", typical_values=True))


def test_an_unknown_parameter_that_papermill_injected_is_refused_by_name() -> None:
    injected = values("06_report", In=["", "# Parameters\nsuorce = 'sample'\n"], suorce="sample")
    with pytest.raises(Refused, match="suorce is unknown"):
        parameters.check("06_report", injected)


def test_all_wrong_parameters_are_named_at_once() -> None:
    with pytest.raises(Refused) as caught:
        parameters.check("01_profile", values("01_profile", source=1, target=None))
    assert "source is 1" in str(caught.value) and "target is None" in str(caught.value)


@pytest.mark.parametrize("notebook", runs.NOTEBOOKS[1:])
def test_a_notebook_without_its_predecessor_refuses_and_names_it(
    notebook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = runs.create(tmp_path, "sample", runs.EMBEDDED)
    monkeypatch.setenv(runs.RUN_VARIABLE, str(run.folder))
    before = runs.NOTEBOOKS[runs.NOTEBOOKS.index(notebook) - 1]
    with pytest.raises(Refused, match=before):
        pipeline.open_run(notebook, values(notebook))


@pytest.fixture
def by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which a notebook is opened by hand: nothing names a run."""
    monkeypatch.delenv(runs.RUN_VARIABLE, raising=False)
    monkeypatch.delenv(runs.SOCKET_VARIABLE, raising=False)
    yield tmp_path
    runs.stop_servers()


def test_a_notebook_opened_by_hand_gets_a_fresh_sample_run(by_hand: Path) -> None:
    run = pipeline.open_run("03_row_counts", values("03_row_counts", runs=str(by_hand)))
    assert run.source == "sample"
    assert (run.folder / "stages" / "02_rebuild.json").exists()
    assert not (run.folder / "stages" / "03_row_counts.json").exists()
    assert pipeline.loaded(run).set_index("target").rows["public.vehicle_events"] == 15


def test_a_notebook_can_only_read_through_its_reading_connection(
    run_before: Callable[[str], Run],
) -> None:
    with (
        pipeline.reading(run_before("03_row_counts")) as connection,
        pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
    ):
        connection.execute("CREATE TABLE public.written (id integer)")


def test_a_stage_that_is_not_proved_leaves_the_target_empty(
    run_before: Callable[[str], Run],
) -> None:
    run = run_before("01_profile")
    pipeline.back_up(run)
    (run.backup / "tables" / "vehicles.csv.zst").write_bytes(b"damaged")
    with pytest.raises(Refused, match="vehicles"):
        pipeline.stage_backup(run)
    error = run.stored_error()
    assert isinstance(error, Refused) and "vehicles" in error.subject
    with run.connect() as connection:
        found = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname = 'legacy'")
        assert found.fetchall() == []


def ledger(**changed: object) -> pandas.DataFrame:
    """A ledger in which every table was treated, some lines changed."""
    lines = []
    for item in catalog.objects().values():
        line = {"object": item.name, "kind": item.kind, "source_rows": 2, "loaded": 2,
                "quarantined": 0, "archived": 0}  # fmt: skip
        lines.append(line | dict(changed.get(item.name, {})))  # type: ignore[call-overload]
    return pandas.DataFrame(lines)


def found(*statuses: tuple[str, str, str]) -> pandas.DataFrame:
    """Findings, one ok of each checking stage, and those given as (stage, status, accepted)."""
    rows = [(stage, "c", "s", "e", "a", "ok", "", "") for stage in verdict.CHECKING_STAGES]
    rows += [(stage, "c", "s", "e", "a", status, "d", why) for stage, status, why in statuses]
    return pandas.DataFrame(rows, columns=FINDING)


def computed(findings: pandas.DataFrame, lines: pandas.DataFrame, folder: Path) -> dict:
    run = runs.create(folder, "sample", runs.EMBEDDED)
    vehicles = pandas.DataFrame({"equal": [True, False, True]})
    return verdict.compute(run, findings, lines, vehicles)


def test_the_verdict_is_passed_with_warnings(tmp_path: Path) -> None:
    facts = computed(found(("row_counts", "warn", "")), ledger(), tmp_path)
    assert facts["verdict"] == "passed"
    assert facts["checks"] == {"ok": 3, "warn": 1, "fail": 0, "accepted": 0}
    assert facts["mileage"] == {"vehicles": 3, "equal": 2, "different": 1}
    assert facts["rows"]["source"] == 50


def test_one_failure_fails_unless_a_person_accepted_it(tmp_path: Path) -> None:
    facts = computed(found(("mileage", "fail", "")), ledger(), tmp_path)
    assert facts["verdict"] == "failed" and facts["object"] == "c: s"
    facts = computed(found(("mileage", "fail", "agreed")), ledger(), tmp_path)
    assert facts["verdict"] == "passed" and facts["checks"]["accepted"] == 1


@pytest.mark.parametrize("stage", verdict.CHECKING_STAGES)
def test_a_stage_that_checked_nothing_is_red(stage: str, tmp_path: Path) -> None:
    rest = found()
    facts = computed(rest[rest.stage != stage], ledger(), tmp_path)
    assert facts["verdict"] == "nothing checked" and stage in facts["object"]


@pytest.mark.parametrize("name", verdict.MUST_LOAD)
def test_an_object_that_was_not_loaded_is_red(name: str, tmp_path: Path) -> None:
    facts = computed(found(), ledger(**{name: {"loaded": None}}), tmp_path)
    assert facts["verdict"] == "nothing checked" and name in facts["object"]
    facts = computed(found(), ledger(**{name: {"loaded": 0}}), tmp_path)
    assert facts["verdict"] == "nothing checked"


def test_an_object_that_the_source_lacks_is_not_unchecked(tmp_path: Path) -> None:
    absent = {"source_rows": None, "loaded": None, "quarantined": None, "archived": None}
    assert computed(found(), ledger(reminders=absent), tmp_path)["verdict"] == "passed"


def test_an_error_is_kept_with_its_class_and_comes_back(tmp_path: Path) -> None:
    run = runs.create(tmp_path, "sample", runs.EMBEDDED)
    for error in (Refused("a", "b", "c", "d"), CheckFailed("a", "b", "c", "d"),
                  MotomindError("a", "b", "c", "d")):  # fmt: skip
        run.store_error(error)
        again = run.stored_error()
        assert type(again) is type(error) and str(again) == str(error)


def test_accepted_differences_pass_and_stay_visible(
    run_before: Callable[[str], Run], tmp_path: Path
) -> None:
    run = run_before("03_row_counts")
    with run.connect() as connection:
        connection.execute("COMMENT ON COLUMN public.vehicles.nickname IS NULL")
        connection.execute("ALTER TABLE public.reminders DISABLE TRIGGER USER")
        connection.execute("UPDATE public.reminders SET title = title || '!'")
        connection.execute("ALTER TABLE public.reminders ENABLE TRIGGER USER")
    options = headless.Options(tmp_path / "checks")
    failed = headless.check(run.folder, "", options, quiet)
    assert failed.facts["verdict"] == "failed"
    fails = pandas.read_csv(failed.folder / "findings.csv", dtype=str, keep_default_na=False)
    fails = fails[fails.status == "fail"]
    entries = [
        f"[[accepted]]\ncheck = {json.dumps(check)}\nsubject = {json.dumps(subject)}\n"
        'reason = "agreed"\nuntil = 2999-12-31\n'
        for check, subject in zip(fails.check, fails.subject, strict=True)
    ]
    entries.append('[[accepted]]\ncheck = "x"\nsubject = "y"\nreason = "z"\nuntil = 2999-12-31\n')
    path = tmp_path / "accepted.toml"
    path.write_text("\n".join(entries))
    accepted = headless.check(run.folder, "", headless.Options(tmp_path / "checks", path), quiet)
    assert accepted.facts["verdict"] == "passed", accepted.facts
    assert accepted.facts["checks"]["accepted"] == len(fails)
    found_again = (accepted.folder / "findings.csv").read_text()
    assert "agreed" in found_again and "it matches nothing" in found_again
    assert "agreed" in (accepted.folder / "report.html").read_text()
