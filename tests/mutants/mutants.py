"""How many faults would the audit not see? Plant them and count: ``make mutants``.

Three parts. Faults in our own SQL: each query of the load and each statement of schema/target made
wrong in many ways, one at a time, and everything made from the wrong file. Damages of the live
database, made from its catalog. The audit's own checks, each made to answer ok. What is found is a
failure that the healthy load has not, or a run that stops.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from pathlib import Path

import crew
import scores
import states
from catalog_damages import catalog_damages
from checks import check_faults
from faults import ROOT, Fault, once
from kept import RESULTS, Results
from row_damages import row_damages
from select_faults import file_faults
from statement_faults import schema_faults

from motomind_nb import postgres
from motomind_nb.report.miss_rate import SCORES, scores_in_words

# queries of the load that say what it found, not what it loads: checks, and silenced as such
SAYING = "decisions"
LEAST = 10  # faults of each kind that change something, or all there are
# queries that another part of the load only measures or prepares with
PREPARING = (
    "analyze_audit",
    "analyze_staged",
    "keep_disputed",
    "keep_later_chains",
    "loadable",
    "columns",
    "has_key",
)


def every_fault(server: postgres.Server) -> list[Fault]:
    """All faults that there are, equal ones once."""
    types = states.types_of(server, ("legacy", "public", "private", "audit"))
    with postgres.connect(server.conninfo(states.LOADED)) as connection:
        damages = [*row_damages(connection), *catalog_damages(connection)]
    return once([*load_faults(types), *schema_faults(types), *damages, *check_faults()])


def load_faults(types: dict[str, dict[str, str]]) -> Iterator[Fault]:
    """The faults of the load's queries."""
    for path in load_queries():
        yield from file_faults(path, types)


def load_queries() -> list[str]:
    """The queries of the load in which faults are planted."""
    folder = ROOT / "motomind_nb" / "load" / "sql"
    return [
        str(path.relative_to(ROOT))
        for path in sorted(folder.rglob("*.sql"))
        if SAYING not in path.parts and path.stem not in PREPARING
    ]


def sample(faults: Iterable[Fault], most: int, whole: str = "") -> list[Fault]:
    """At most so many faults of each kind, or all; always the same ones; of one part all.

    The first of each kind come first: a run that is stopped has planted about as many of each.
    """
    kinds: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault((fault.part, fault.kind), []).append(fault)
    ordered = (
        sorted(held, key=place)[: None if part == whole else most or None]
        for (part, _), held in kinds.items()
    )
    in_turn = chain.from_iterable(zip_longest(*ordered))
    return [fault for fault in in_turn if fault]


def place(fault: Fault) -> str:
    """A place in an order that says nothing of the fault."""
    return hashlib.sha256(f"{fault.id} {fault.text[-200:]}".encode()).hexdigest()


def judged(
    folder: Path, most: int, workers: int, results: Results
) -> tuple[list[Fault], list[crew.Answer]]:
    """All faults, and what became of those that were planted, now or before in the results."""
    with postgres.embedded_server() as server:
        made = states.make_states(server, folder / "runs")
        every = every_fault(server)
        chosen = sample(every, most, "check")
        while True:
            before = {answer.fault for answer in results.answers(chosen)}
            left = [fault for fault in chosen if fault not in before]
            print(f"{len(chosen)} faults, {len(before)} of them planted before", flush=True)
            crew.judge(made, left, workers, Progress(len(left), results).tell)
            answers = results.answers(chosen)
            more = others_of_rare_kinds(every, answers)
            if not more:
                return every, answers
            chosen += more


def others_of_rare_kinds(every: Iterable[Fault], answers: list[crew.Answer]) -> list[Fault]:
    """Further faults of the kinds of which fewer than ten changed anything, as long as there are.

    Twice as many as are missing: of such a kind many change nothing.
    """
    planted = {answer.fault for answer in answers}
    changed = Counter(answer.fault.kind for answer in answers if answer.changes_something)
    kinds: dict[str, list[Fault]] = {}
    for fault in sorted(every, key=place):
        if fault not in planted:
            kinds.setdefault(fault.kind, []).append(fault)
    rare = {kind: LEAST - changed[kind] for kind in kinds if changed[kind] < LEAST}
    return [fault for kind, missing in rare.items() for fault in kinds[kind][: 2 * missing]]


class Progress:
    """Keeps what became of each fault; tells those that passed, and now and then how far it is."""

    def __init__(self, number: int, results: Results) -> None:
        self.number, self.results = number, results
        self.done, self.start = 0, time.monotonic()

    def tell(self, answer: crew.Answer) -> None:
        """Keep and say what became of one fault."""
        self.done += 1
        self.results.keep(answer)
        if not answer.seen and answer.changes_something:
            print(f"not seen: {answer.fault.part}: {answer.fault.id}", flush=True)
        if self.done % 100 == 0:
            spent = time.monotonic() - self.start
            print(f"{self.done} of {self.number}, {spent / self.done:.2f} s each", flush=True)


def main() -> None:
    """Plant the faults, print the scores, and keep them when all were planted or it is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--most", type=int, default=0, help="of each kind at most so many, but all checks; 0: all"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2, help="processes")
    parser.add_argument("--keep", action="store_true", help="keep the scores of a sample as well")
    parser.add_argument("--results", type=Path, default=RESULTS, help="go on with these results")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        every, answers = judged(Path(name), given.most, given.workers, Results(given.results))
    lines = scores.score_lines(every, answers)
    for line in lines:
        print(" | ".join(str(value) for value in line.values()))
    print(scores_in_words(lines))
    cpu = sum(float(answer.said["cpu"]) for answer in answers)
    wall = sum(float(answer.said["seconds"]) for answer in answers)
    print(
        f"{len(answers)} faults, {cpu / len(answers):.2f} s of this side's CPU each, {wall:.0f} s"
    )
    if given.keep or not given.most:
        scores.write_csv(SCORES, scores.COLUMNS, lines)
        scores.write_csv(scores.SURVIVORS, scores.LISTED, scores.survivor_lines(answers))


if __name__ == "__main__":
    main()
