"""A notebook is opened: its parameters, its predecessor, a fresh run when it is opened by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from motomind_nb import jupyter, runs, stages
from motomind_nb.core import Refused
from motomind_nb.desk import opening
from motomind_nb.postgres import query


def values(notebook: str, **changed: object) -> dict[str, object]:
    """The parameters of a notebook as its cell sets them, some of them changed."""
    kinds = {"str": "", "int": 5, "float": 1.0, "bool": False}
    known = stages.declared_parameters(notebook)
    return {name: kinds[kind] for name, kind in known.items()} | changed


@pytest.mark.parametrize("notebook", runs.NOTEBOOKS)
def test_every_notebook_declares_source_target_and_runs(notebook: str) -> None:
    assert list(stages.declared_parameters(notebook))[:3] == ["source", "target", "runs"]


def test_papermills_true_string_false_is_refused() -> None:
    with pytest.raises(Refused, match="show_personal is 'false', not bool"):
        stages.check_parameters("01_profile", values("01_profile", show_personal="false"))


def test_a_number_is_no_truth_value_and_no_text() -> None:
    with pytest.raises(Refused, match="typical_values is True, not int"):
        stages.check_parameters("01_profile", values("01_profile", typical_values=True))


def test_an_unknown_parameter_that_papermill_injected_is_refused_by_name() -> None:
    injected = values("06_report", In=["", "# Parameters\nsuorce = 'sample'\n"], suorce="sample")
    with pytest.raises(Refused, match="suorce is unknown"):
        stages.check_parameters("06_report", injected)


def test_all_wrong_parameters_are_named_at_once() -> None:
    with pytest.raises(Refused) as caught:
        stages.check_parameters("01_profile", values("01_profile", source=1, target=None))
    assert "source is 1" in str(caught.value) and "target is None" in str(caught.value)


@pytest.mark.parametrize("notebook", runs.NOTEBOOKS[1:])
def test_a_notebook_without_its_predecessor_refuses_and_names_it(
    notebook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = runs.create_run(tmp_path, runs.Sample("sample"), runs.Embedded())
    monkeypatch.setenv(runs.RUN_VARIABLE, str(run.folder))
    before = runs.NOTEBOOKS[runs.NOTEBOOKS.index(notebook) - 1]
    with pytest.raises(Refused, match=before):
        opening.open_run(notebook, values(notebook))


@pytest.fixture
def by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which a notebook is opened by hand: nothing names a run."""
    monkeypatch.delenv(runs.RUN_VARIABLE, raising=False)
    monkeypatch.delenv(runs.SOCKET_VARIABLE, raising=False)
    yield tmp_path
    runs.stop_servers()


def test_a_notebook_opened_by_hand_gets_a_fresh_sample_run(by_hand: Path) -> None:
    run = opening.open_run("03_row_counts", values("03_row_counts", runs=str(by_hand)))
    assert run.source == runs.Sample("sample")
    assert (run.folder / "stages" / "02_rebuild.json").exists()
    assert not (run.folder / "stages" / "03_row_counts.json").exists()
    assert run.summary(query("desk/loaded")).set_index("target").rows["public.vehicle_events"] == 15


def test_a_refused_parameter_is_kept_with_the_run_that_the_kernel_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = runs.create_run(tmp_path, runs.Sample("sample"), runs.Embedded())
    monkeypatch.setenv(runs.RUN_VARIABLE, str(run.folder))
    with pytest.raises(Refused):
        opening.open_run("06_report", {"source": 1})
    kept = run.stored_error()
    assert isinstance(kept, Refused) and kept.exit_code == 3


@pytest.mark.parametrize("notebook", runs.NOTEBOOKS)
def test_options_reach_the_notebooks_that_declare_them_and_no_others(notebook: str) -> None:
    options = jupyter.Options(Path("runs"), show_personal=True)
    declares = "show_personal" in stages.declared_parameters(notebook)
    assert options.parameters(notebook) == ({"show_personal": True} if declares else {})
    assert declares == (notebook == "01_profile")
    assert jupyter.Options(Path("runs")).parameters(notebook) == {}


@pytest.mark.parametrize(
    ("notebook", "name", "value", "said"),
    [
        ("04_mileage", "tolerance_miles", -1, "tolerance_miles is -1, less than 0"),
        ("04_mileage", "warn_rate_miles_per_day", 0, "day is 0, less than 1"),
        ("04_mileage", "charts_shown", -3, "charts_shown is -3, less than 0"),
        ("03_row_counts", "sample_rows", 0, "sample_rows is 0, less than 1"),
        ("01_profile", "exact_rows", 0, "exact_rows is 0, less than 1"),
        ("01_profile", "exact_rows", True, "exact_rows is True, not int"),
        ("01_profile", "exact_rows", "5", "exact_rows is '5', not int"),
        ("01_profile", "exact_rows", 5.0, "exact_rows is 5.0, not int"),
        ("01_profile", "exact_rows", None, "exact_rows is None, not int"),
        ("01_profile", "show_personal", 1, "show_personal is 1, not bool"),
        ("01_profile", "source", 1, "source is 1, not str"),
    ],
)
def test_a_value_out_of_its_range_or_type_is_refused(
    notebook: str, name: str, value: object, said: str
) -> None:
    stages.check_parameters(notebook, values(notebook))
    with pytest.raises(Refused, match=said):
        stages.check_parameters(notebook, values(notebook, **{name: value}))
