"""motomind lab works on copies: with a run's parameters, trusted, never over a person's work."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from typer.testing import CliRunner

from motomind_nb import jupyter, stages
from motomind_nb.cli import app
from motomind_nb.core import PACKAGE, Refused, packaged_folder
from motomind_nb.jupyter.laboratory import fill_parameters
from motomind_nb.runs import NOTEBOOKS

PARAMETERS = {
    "01_profile": {"sample_rows": 77, "show_personal": True, "no_such": 1},
    "04_mileage": {"tolerance_miles": 12},
}


@pytest.fixture(autouse=True)
def jupyter_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))


def parameters_of(path: Path) -> str:
    book = nbformat.read(path, as_version=4)
    (cell,) = (one for one in book.cells if "parameters" in one.metadata.get("tags", []))
    return str(cell.source)


def test_the_copies_have_the_parameters_of_the_run_and_are_trusted(tmp_path: Path) -> None:
    shipped = {path: path.read_bytes() for path in packaged_folder("notebooks").iterdir()}
    new = jupyter.copy_notebooks(tmp_path / "Mein Labor", PARAMETERS)
    assert [path.stem for path in new] == list(NOTEBOOKS)
    text = parameters_of(new[0])
    assert "sample_rows: int = 77  # rows of the sample" in text and "no_such" not in text
    assert "show_personal: bool = True  #" in text and "typical_values: int = 3  #" in text
    for path in new:
        assert NotebookNotary().check_signature(nbformat.read(path, as_version=4))
        values: dict[str, object] = {}
        exec(parameters_of(path), values)
        checked = stages.check_parameters(path.stem, values)
        assert set(checked) == set(stages.declared_parameters(path.stem))
    assert (tmp_path / "Mein Labor" / "README.md").exists()
    assert {path: path.read_bytes() for path in shipped} == shipped


def test_a_persons_work_stays(tmp_path: Path) -> None:
    jupyter.copy_notebooks(tmp_path, {})
    (tmp_path / "02_rebuild.ipynb").write_text("mine")
    (tmp_path / "03_row_counts.ipynb").unlink()
    new = jupyter.copy_notebooks(tmp_path, PARAMETERS)
    assert [path.stem for path in new] == ["03_row_counts"]
    assert (tmp_path / "02_rebuild.ipynb").read_text() == "mine"


@pytest.mark.parametrize("place", ["", "below"])
def test_nothing_is_written_where_the_notebooks_ship(place: str) -> None:
    for shipped in (packaged_folder("notebooks"), PACKAGE):
        with pytest.raises(Refused, match="a folder of yours"):
            jupyter.copy_notebooks(shipped / place, {})
        assert not (shipped / "below").exists()


def test_a_value_is_one_literal_whatever_it_says() -> None:
    text = 'source: str = ""  # SOURCE\nlimit: int = 3'
    filled = fill_parameters(text, {"source": "x'\n\"; import os  # y", "limit": [1]})
    assert filled.count("\n") == 1 and filled.endswith("limit: int = 3")
    values: dict[str, object] = {}
    exec(filled, values)
    assert values["source"] == "x'\n\"; import os  # y" and "os" not in values
    assert fill_parameters(filled.splitlines()[1], {}) == "limit: int = 3"


def test_the_command_copies_and_hands_options_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run = tmp_path / "runs" / "çalışma"
    run.mkdir(parents=True)
    facts = {"source": "sample", "target": "embedded", "database_name": "target"}
    (run / "run.json").write_text(json.dumps({**facts, "parameters": PARAMETERS}))
    done = CliRunner().invoke(app, ["lab", "--run", str(run), "--", "--version"])
    assert done.exit_code == 0 and "6 notebooks copied" in done.output
    assert capfd.readouterr().out.strip()[0].isdigit(), "JupyterLab printed its version"
    assert "= 77" in parameters_of(tmp_path / "motomind-lab" / "01_profile.ipynb")
    to = ["lab", "--to", str(tmp_path / "başka"), "--", "--version"]
    assert CliRunner().invoke(app, to).exit_code == 0 and (tmp_path / "başka").is_dir()
    assert CliRunner().invoke(app, ["lab", "--to", str(PACKAGE)]).exit_code == 3
    assert CliRunner().invoke(app, ["lab", "--run", str(tmp_path)]).exit_code == 3


def test_the_folders_are_those_of_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert jupyter.lab_folder() == Path("motomind-lab")
    monkeypatch.chdir(PACKAGE.parent)
    assert jupyter.lab_folder() == Path("runs", "lab")
    (tmp_path / "runs" / "lab").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "runs" / "lab")
    assert stages.runs_folder() == tmp_path / "runs"


def test_a_refused_parameter_repeats_no_connection_string() -> None:
    names = dict.fromkeys(stages.declared_parameters("01_profile"), 1)
    values = {**names, "show_personal": "postgresql://u:hunter2@h/d", "sample_rows": -5}
    with pytest.raises(Refused) as told:
        stages.check_parameters("01_profile", values)
    assert "hunter2" not in str(told.value) and "sample_rows is -5, less than 1" in str(told.value)
