"""The scores of ``make mutants``: what was planted and found, by kind, and what passed unseen."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from crew import Answer
from faults import Fault

from motomind_nb.report.miss_rate import SCORES

SURVIVORS = Path(__file__).resolve().parent / "survivors.csv"
COLUMNS = (
    "part",
    "kind",
    "generated",
    "planted",
    "found",
    "changes_nothing",
    "impossible",
    "seen_by",
)
LISTED = ("part", "kind", "place", "what", "reason")
SAME = "the rebuilt database is the same, row for row and definition for definition"
OTHER_WORDS = "the same rows go to quarantine, which fails either way, under another reason"
RULES = "results exchanged | motomind_nb/load/sql/rules"
EMPTY_YEAR = (
    "a partition more, of the year before an event on its first day: empty, and shut as all are"
)
NO_SUCH_ROWS = "no row here gives it anything to tell; tests/load/test_load.py has some that do"
# why a fault that no check sees changes nothing, by the beginning of the fault's id
REASONS = {
    f"{RULES}/vehicle_events.sql | 3 of CASE WHEN NOT (staged.type = 'fuel'": OTHER_WORDS,
    f"{RULES}/fuel_logs.sql | 1 of CASE WHEN GREATEST(": OTHER_WORDS,
    "minus one | motomind_nb/load/sql/years.sql": EMPTY_YEAR,
    "query finds nothing | motomind_nb/load/sql/decisions/name_from_backup.sql": NO_SUCH_ROWS,
    "query finds nothing | motomind_nb/load/sql/decisions/tenant_of_user.sql": NO_SUCH_ROWS,
}


def reason_of(answer: Answer) -> str:
    """Why a fault that nothing saw changes nothing, or that it was not seen."""
    if answer.said.get("same"):
        return SAME
    known = (text for start, text in REASONS.items() if answer.fault.id.startswith(start))
    return next(known, "not seen")


def score_lines(every: Iterable[Fault], answers: Sequence[Answer]) -> list[dict[str, object]]:
    """One line for each kind: how many there are, were planted and were found."""
    generated = Counter((fault.part, fault.kind) for fault in every)
    by_kind: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        by_kind[answer.fault.part, answer.fault.kind].append(answer)
    return [
        {
            "part": part,
            "kind": kind,
            "generated": generated[part, kind],
            **counts(by_kind[part, kind]),
        }
        for part, kind in sorted(generated)
    ]


def counts(answers: Sequence[Answer]) -> dict[str, object]:
    """What became of the faults of one kind."""
    same = [answer for answer in answers if answer.said.get("same")]
    impossible = [answer for answer in answers if answer.said.get("refused")]
    seen = Counter(answer.seen for answer in answers if answer.seen)
    return {
        "planted": len(answers) - len(same) - len(impossible),
        "found": seen.total(),
        "changes_nothing": len(same),
        "impossible": len(impossible),
        "seen_by": "; ".join(f"{check} {number}" for check, number in seen.most_common()),
    }


def survivor_lines(answers: Iterable[Answer]) -> list[dict[str, str]]:
    """The faults that nothing saw, each with the reason why it changes nothing, if there is one."""
    return [
        {
            "part": answer.fault.part,
            "kind": answer.fault.kind,
            "place": answer.fault.place,
            "what": " ".join(answer.fault.what.split()),
            "reason": reason_of(answer),
        }
        for answer in answers
        if not answer.seen and not answer.said.get("refused")
    ]


def write_csv(path: Path, columns: Sequence[str], lines: Iterable[dict[str, object]]) -> None:
    """Write a table."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    path.write_text(out.getvalue(), "utf-8")


def stored_scores() -> list[dict[str, str]]:
    """The scores as they were stored last."""
    return _read(SCORES)


def listed() -> list[dict[str, str]]:
    """The faults that were not seen last."""
    return _read(SURVIVORS)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
