"""The documents are true: commands, options, variables, codes, targets, paths, links and words."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typer

from motomind_nb import mileage
from motomind_nb.cli import app
from motomind_nb.core import EXIT_CODES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "motomind_nb"
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
DOCUMENTS = [
    ROOT / name
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "LIMITS.md",
        "CHANGELOG.md",
        "motomind_nb/README.md",
        "notebooks/README.md",
        "schema/README.md",
        "tests/README.md",
        "tests/data/README.md",
    )
]
# typer's own, of the command line itself
OWN = {"--help", "--version", "--install-completion", "--show-completion"}
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
WORDS = (
    "object",
    "fate",
    "projection",
    "second mapping",
    "round trip",
    "backup",
    "stage",
    "rebuild",
    "load",
    "reading",
    "line",
    "chain",
    "class",
    "undecided",
    "shared id",
    "disputed",
    "quarantine",
    "ledger",
    "check",
    "finding",
    "run",
    "verdict",
)


def commands() -> dict[str, Any]:
    """The commands by name, as the command line has them."""
    return dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def options(command: Any) -> set[str]:
    """The names of a command's options."""
    return {name for item in command.params for name in item.opts if name.startswith("--")} - OWN


def rows(text: str, heading: str) -> list[list[str]]:
    """The cells of the table below a line that begins with a heading's cells."""
    lines = text.partition(f"\n| {heading} |")[2].splitlines()[2:]
    found = []
    for line in lines:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    assert found, f"no table {heading}"
    return found


def words_in_code(text: str) -> list[str]:
    """What a text says in backquotes, one line each."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return CODE.findall(prose)


def usages() -> dict[str, str]:
    """Command -> the first cell of its row in the README."""
    return {
        re.search(r"motomind (\w+)", cells[0])[1]: cells[0]  # type: ignore[index]
        for cells in rows(README, "command | what it does")
    }


def test_every_command_is_in_the_readme_and_no_other() -> None:
    assert set(usages()) == set(commands())


def test_every_option_is_in_the_readme_and_no_other() -> None:
    said = {name: set(OPTION.findall(cell)) for name, cell in usages().items()}
    for cells in rows(README, "option | of | what it does"):
        for command in CODE.findall(cells[1]):
            said[command] |= set(OPTION.findall(cells[0]))
    assert said == {name: options(command) for name, command in commands().items()}


def test_every_option_stands_in_the_table_of_options() -> None:
    listed = {
        option
        for cells in rows(README, "option | of | what it does")
        for option in OPTION.findall(cells[0])
    }
    assert listed == {option for item in commands().values() for option in options(item)}


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_has_a_help_text(name: str) -> None:
    command = commands()[name]
    assert command.help
    without = [
        item.name
        for item in command.params
        if not getattr(item, "help", "") and item.name != "help"
    ]
    assert without == []


def test_the_options_of_the_command_line_itself_are_named() -> None:
    group = typer.main.get_command(app)
    own = {name for item in group.params for name in item.opts}
    assert own == OWN - {"--help"}
    assert {"--version", "--install-completion"} <= set(OPTION.findall(README))


def test_every_environment_variable_is_in_the_readme_and_no_other() -> None:
    pattern = re.compile(r"\bMOTOMIND_[A-Z_]+\b")
    used = {name for path in PACKAGE.rglob("*.py") for name in pattern.findall(path.read_text())}
    assert {CODE.findall(cells[0])[0] for cells in rows(README, "variable | what it does")} == used
    tests = {
        name
        for path in (ROOT / "tests").rglob("*.py")
        for name in re.findall(r"environ(?:\.get\(|\[)\"(MOTOMIND_[A-Z_]+)\"", path.read_text())
    }
    text = (ROOT / "tests" / "README.md").read_text("utf-8")
    listed = {CODE.findall(cells[0])[0] for cells in rows(text, "variable | what it does")}
    assert listed == tests - used


def test_the_exit_codes_are_those_of_the_code() -> None:
    said = {cells[1]: int(cells[0]) for cells in rows(README, "exit code | verdict |")}
    assert said == EXIT_CODES


def test_make_help_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text()
    helped = set(re.findall(r'@echo "make (\w+)', text))
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split())  # type: ignore[index]
    targets = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    assert helped == phony - {"help"} == targets - {"help"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_target_of_make_that_a_document_names_exists(path: Path) -> None:
    text = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"`make ([a-z]+)`", path.read_text("utf-8"))):
        assert re.search(rf"^{target}:", text, re.MULTILINE), f"make {target}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if not link.startswith(("http://", "https://", "#")):
            assert (path.parent / link.partition("#")[0]).exists(), link


def is_there(name: str, document: Path) -> bool:
    """Whether a path exists: below the root, the document's folder, the package or the tests.

    A bare name of a query or module may lie anywhere.
    """
    if "/" not in name:
        folders = (PACKAGE, ROOT / "schema", ROOT / "tests")
        return (ROOT / name).exists() or any(any(item.rglob(name)) for item in folders)
    bases = (ROOT, document.parent, PACKAGE, ROOT / "tests")
    return any((base / name).exists() for base in bases)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_a_document_names_exists(path: Path) -> None:
    # folders of a run, and what a restore writes
    made = {"runs/", "backup/", "evidence/", "evidence/schema.json", "remaining.sql"}
    tree = re.compile(r"\.?[\w.-]+(?:/[\w.-]+)*(?:/|\.py|\.sql|\.ipynb|/[\w.-]+\.(?:csv|json|yml))")
    named = {word for word in words_in_code(path.read_text("utf-8")) if tree.fullmatch(word)}
    assert {name for name in named - made if not is_there(name, path)} == set()


def test_every_test_that_a_document_names_exists() -> None:
    defined = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
    }
    for path in DOCUMENTS:
        named = {word for word in words_in_code(path.read_text("utf-8")) if "test_" in word[:5]}
        assert {word for word in named if word.isidentifier()} <= defined, path.name


def test_every_name_of_the_code_that_contributing_names_is_there() -> None:
    """Constants such as FAULTS, decorators and methods: each occurs in the code as named."""
    code = "\n".join(
        path.read_text()
        for folder in ("motomind_nb", "tests")
        for path in (ROOT / folder).rglob("*.py")
    )
    names = {
        word.removesuffix("()")
        for word in words_in_code(CONTRIBUTING)
        if re.fullmatch(r"[A-Z_]{4,}|[a-z]+\.[a-z_]+(\(\))?|keeps_\w+", word)
    }
    assert len(names) >= 8
    for name in names:
        assert (ROOT / name).exists() or re.search(rf"\b{re.escape(name)}\b", code), name


def test_the_layout_has_twenty_lines_and_each_names_what_exists() -> None:
    block = re.search(r"## The layout\n\n```\n(.*?)\n```", CONTRIBUTING, re.DOTALL)
    assert block
    lines = block[1].splitlines()
    assert len(lines) <= 20
    for line in lines:
        assert (ROOT / line.split()[0]).exists(), line


def test_every_room_of_the_package_is_in_the_flow_or_the_layout_table() -> None:
    text = (PACKAGE / "README.md").read_text("utf-8")
    listed = set(re.findall(r"^\| \d+ \| `(\w+)` \|", text, re.MULTILINE))
    flow = text.partition("## The flow")[2].partition("## Why")[0]
    rooms = {"backup", "staging", "profile", "load", "rebuilt", "reconcile", "mileage", "runs"}
    for room in rooms | {"report", "stages", "desk", "jupyter"}:
        assert room in listed and re.search(rf"\b{room}\b", flow), room


def test_the_glossary_explains_its_words_in_one_sentence_each() -> None:
    text = (ROOT / "notebooks" / "README.md").read_text("utf-8")
    assert "\n## Glossary\n" in text  # the notebooks link to it
    said = {
        word.strip(): cells[1]
        for cells in rows(text, "word | meaning")
        for word in cells[0].split(",")
    }
    assert set(said) == set(WORDS)
    for word, meaning in said.items():
        assert meaning.endswith(".") and len(re.findall(r"\.(?:\s|$)", meaning)) == 1, word


def test_the_words_of_the_glossary_are_those_of_the_code() -> None:
    code = "\n".join(path.read_text().lower() for path in PACKAGE.rglob("*.py"))
    for word in WORDS:
        assert re.search(rf"\b{word}(?:s|ed)?\b", code), word


def test_the_notebooks_and_their_parameters_are_in_their_readme() -> None:
    from motomind_nb import stages
    from motomind_nb.runs import NOTEBOOKS

    text = (ROOT / "notebooks" / "README.md").read_text("utf-8")
    listed = [cells[0] for cells in rows(text, "notebook | question | what it does and leaves")]
    assert listed == [f"[{name}]({name}.ipynb)" for name in NOTEBOOKS]
    names = {name for book in NOTEBOOKS for name in stages.declared_parameters(book)}
    assert names <= set(words_in_code(text))


def test_the_readme_leads_to_every_other_document() -> None:
    listed = README.partition("## Where to read on")[2].partition("\n## ")[0]
    links = set(re.findall(r"^- \[[^\]]+\]\(([^)]+)\): .", listed, re.MULTILINE))
    others = {str(path.relative_to(ROOT)) for path in DOCUMENTS} - {
        "README.md",
        "tests/data/README.md",
    }
    assert links == others | {"LICENSE"}


def test_the_example_of_the_readme_is_what_the_stored_report_says() -> None:
    said = re.search(r"^checks   (\d+) ok, (\d+) warnings, (\d+) notes, 0 failed$", README, re.M)
    assert said
    stored = (ROOT / "notebooks" / "06_report.ipynb").read_text("utf-8")
    assert f"{said[1]} checks ok, {said[2]} warnings, {said[3]} notes" in stored


def test_the_version_is_told_once_in_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert len(re.findall(rf"^## {re.escape(project['version'])}\b", changelog, re.MULTILINE)) == 1


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_use_plain_lines(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert not re.search(r"[—–]|[ \t]+$", text, re.MULTILINE)


def test_readme_and_picture_name_each_class_of_a_reading() -> None:
    picture = ElementTree.parse(ROOT / "notebooks" / "mileage.svg").getroot()
    words = " ".join(picture.itertext())
    section = README.partition("## Mileage as a library")[2]
    for name in mileage.CLASSES:
        assert f"| {name} | " in section, name
        assert name in words, name


def test_make_says_that_it_installs() -> None:
    command = ["make", "-Bn", "audit"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert 'echo "installing into .venv' in done.stdout
