"""What became of each fault, written as it comes, so that a run that was stopped goes on there.

One line of JSON for each fault. A line counts only for the same fault in the same package and in
the same tests of mutants: what another version of either found says nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from crew import Answer
from faults import ROOT, Fault

RESULTS = ROOT / "build" / "mutants.jsonl"
SUFFIXES = (".py", ".sql", ".csv", ".toml")
# what a run itself writes
WRITTEN = ("scores.csv", "survivors.csv", "silenced.csv")


def mark_of_fault(fault: Fault) -> str:
    """A mark of all that a fault is."""
    return hashlib.sha256(json.dumps(fault.facts(), sort_keys=True).encode()).hexdigest()


def mark_of_version() -> str:
    """A mark of the files that decide what becomes of a fault."""
    found = hashlib.sha256()
    for folder in ("motomind_nb", "schema", "tests/mutants"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES and path.name not in WRITTEN:
                found.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()


class Results:
    """The file of results of one version."""

    def __init__(self, path: Path = RESULTS) -> None:
        self.path, self.version = path, mark_of_version()

    def keep(self, answer: Answer) -> None:
        """Write what became of a fault."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = {
            "version": self.version,
            "fault": mark_of_fault(answer.fault),
            "id": answer.fault.id,
            "said": answer.said,
        }
        with self.path.open("a", encoding="utf-8") as file:
            # the line before may be half of one
            file.write("\n" + json.dumps(line))

    def answers(self, faults: Iterable[Fault]) -> list[Answer]:
        """What became of those faults that this version has planted, in the faults' order."""
        said = {line["fault"]: line["said"] for line in self._lines()}
        marked = ((mark_of_fault(fault), fault) for fault in faults)
        return [Answer(fault, said[mark]) for mark, fault in marked if mark in said]

    def _lines(self) -> Iterable[dict[str, dict[str, object]]]:
        if not self.path.exists():
            return
        for text in self.path.read_text("utf-8").splitlines():
            try:
                line = json.loads(text)
            except ValueError:  # empty, or that of a run that was killed while it wrote
                continue
            if line["version"] == self.version:
                yield line
