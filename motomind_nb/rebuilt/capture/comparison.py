"""Two states of a schema compared line by line, both ways: missing, added, altered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from motomind_nb.core import Finding
from motomind_nb.postgres import Connection
from motomind_nb.rebuilt.capture import shown
from motomind_nb.rebuilt.capture.lines import Capture, Line
from motomind_nb.rebuilt.capture.partitions import partition_matches_name
from motomind_nb.rebuilt.capture.taking import capture_target

CHECK = "schema as built"
NONE = "none"


@dataclass(frozen=True)
class Difference:
    """What differs in one kind of line of one object."""

    subject: str
    kind: str
    expected: str
    found: str
    detail: str

    def finding(self, check: str) -> Finding:
        """Return the difference as a failure."""
        subject = f"{self.subject}: {self.kind}" if self.kind else self.subject
        return Finding(check, subject, self.expected, self.found, "fail", self.detail)


def compare_with_capture(connection: Connection, captured: Capture) -> list[Finding]:
    """Return a failure for each object and kind that differs from the capture, or one ok.

    A partition that was added since for its own year is no difference. Reads only.
    """
    live = capture_target(connection)
    found = [item.finding(CHECK) for item in differences(captured.lines, live.lines)]
    expected = "as captured right after the rebuild"
    return found or [Finding(CHECK, "rebuilt schema", expected, "equal both ways", "ok")]


def differences(expected: Iterable[Line], found: Iterable[Line]) -> Iterator[Difference]:
    """Yield what is missing, added or altered, in the order of subjects and kinds."""
    olds, news = _by_subject(expected), _by_subject(found)
    for subject in sorted({*olds, *news}):
        before, now = olds.get(subject, []), news.get(subject, [])
        if before == now:
            continue
        if before and now:
            yield from _altered(subject, before, now)
        elif before:
            yield Difference(subject, "", shown.summarize_object(before), "missing", "it was there")
        elif not all(partition_matches_name(line) for line in now):
            yield Difference(subject, "", NONE, shown.summarize_object(now), "it was not there")


def _by_subject(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Return the lines of each subject."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines):
        found[line.subject].append(line)
    return found


def _altered(subject: str, before: list[Line], now: list[Line]) -> Iterator[Difference]:
    """Yield the kinds in which two states of one object differ."""
    names = {(line.kind, line.name) for line in before}
    lost = sorted({*before} - {*now})
    new = [
        line
        for line in sorted({*now} - {*before})
        if (line.kind, line.name) in names or not partition_matches_name(line)
    ]
    for kind in sorted({line.kind for line in (*lost, *new)}):
        olds = [line for line in lost if line.kind == kind]
        news = [line for line in new if line.kind == kind]
        expected, found = shown.old_and_new_texts(olds, news)
        detail = _change({line.name for line in olds}, {line.name for line in news})
        yield Difference(subject, kind, expected or NONE, found or NONE, detail)


def _change(olds: set[str], news: set[str]) -> str:
    """Return what happened, by name: altered, missing, added."""
    parts = {"altered": olds & news, "missing": olds - news, "added": news - olds}
    said = (
        f"{how} {', '.join(sorted(filter(None, names)))}".strip()
        for how, names in parts.items()
        if names
    )
    return "; ".join(said)
