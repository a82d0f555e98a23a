"""Whole audits as users run them, beside their floors and peers; writes BENCHMARKS.md.

Run: python tests/benchmarks/bench_audit.py [events ...]     (MOTOMIND_ROUNDS: rounds, 1 if unset)
Each round audits one generated database into the embedded server and into a plain one with its
defaults, in turns, and then does the floors on what the second audit left. Where reladiff and
datacompy are installed (see bench_diff) they compare one pair of plain tables in the same run.
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from audited import (
    PLAIN,
    Audit,
    audit,
    database_megabytes,
    database_parts,
    named,
    plans,
    statements,
)
from bench_backup import source
from bench_diff import tools
from floors import floors
from origins import origins, seconds_by_kind
from processors import Cost, server_seconds

from motomind_nb import postgres
from motomind_nb.postgres import Server
from motomind_nb.runs import NOTEBOOKS

PAGE = Path(__file__).resolve().parents[2] / "BENCHMARKS.md"
ROUNDS = int(os.environ.get("MOTOMIND_ROUNDS", "1"))
KINDS = ("embedded", "plain")
PACKAGES = ("motomind-nb", "psycopg", "pandas", "papermill", "jupyterlab")
SECONDS_PER_MILLION = 1.0  # statements above this are listed
LISTED = 40  # statements at most
BAR = 40  # letters of the longest bar


@dataclass
class Size:
    """What was measured with one number of events."""

    events: int
    audits: dict[str, list[Audit]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    floors: list[dict[str, Cost]] = field(default_factory=list)
    peers: dict[str, float] = field(default_factory=dict)
    plans: list[tuple[float, str]] = field(default_factory=list)
    megabytes: int = 0

    def whole(self, kind: str) -> float:
        """The median of whole audits."""
        return statistics.median(one.whole for one in self.audits[kind])

    def stage(self, kind: str, name: str) -> float:
        """The median of one stage."""
        return statistics.median(one.stages.get(name, 0) for one in self.audits[kind])

    def processor(self) -> float:
        """The median CPU seconds of whole audits on the plain server."""
        return statistics.median(one.processor for one in self.audits["plain"])

    def floor(self, name: str) -> Cost:
        """The median of one floor."""
        return Cost(
            statistics.median(one[name].seconds for one in self.floors),
            statistics.median(one[name].processor for one in self.floors),
        )

    def all_floors(self) -> Cost:
        """The sum of the floors."""
        each = [self.floor(name) for name in self.floors[0]]
        return Cost(sum(one.seconds for one in each), sum(one.processor for one in each))


def measure(server: Server, events: int) -> Size:
    """Measure one size on a plain server that runs."""
    size = Size(events)
    with tempfile.TemporaryDirectory() as name:
        from_ = named("BENCH_SOURCE", source(server, events, Path(name)))
        size.megabytes = database_megabytes(os.environ["BENCH_SOURCE"])
        for number in range(ROUNDS):
            place = Path(name) / f"round{number}"
            for kind in KINDS:
                one_audit(server, size, kind, (from_, place / kind))
            into = os.environ["BENCH_TARGET"]
            size.floors.append(floors(into))
            print(
                f"  floors {sum(one.seconds for one in size.floors[-1].values()):.1f} s", flush=True
            )
            if number == ROUNDS - 1:
                size.peers = tools(into, Path(name))
            server.drop_database("bench_target")
    server.drop_database("source")
    return size


def one_audit(server: Server, size: Size, kind: str, places: tuple[str, Path]) -> None:
    """Run one audit; of one on the plain server also take its statements and plans."""
    from_, folder = places
    folder.mkdir(parents=True)
    start = (server.data / "server.log").stat().st_size
    into = ""
    if kind == "plain":
        into = named("BENCH_TARGET", server.new_database("bench_target"))
        statements(server)
    before = spent(server)
    taken = audit(from_, into, folder)
    if into:
        taken.processor += spent(server) - before
        taken.statements = statements(server)
        taken.disk += database_megabytes(os.environ["BENCH_TARGET"])
        taken.places |= database_parts(os.environ["BENCH_TARGET"])
        size.plans = plans(server, start)
    size.audits[kind].append(taken)
    print(f"  {size.events:,} events, {kind}: {taken.whole:.1f} s {taken.stages}", flush=True)


def spent(server: Server) -> float:
    """The CPU seconds of the server so far."""
    with postgres.connect(server.conninfo()) as connection:
        return server_seconds(connection)


def page(sizes: list[Size], version: str) -> Iterable[str]:
    """Yield the lines of BENCHMARKS.md."""
    yield from ("# Benchmarks", "")
    yield (
        f"`make bench` wrote this page: {ROUNDS} round(s), medians, seconds. The plain server is"
        f" PostgreSQL {version} with its defaults; floors and peers ran on it in the same run."
    )
    busy = f"{os.getloadavg()[2]:.1f} processes ran or waited"
    yield from ("", f"Machine: {machine()}; at the end {busy}, a mean of 15 minutes. Where others")
    yield "work too, believe the CPU seconds (of client and server) and the ratios, not the clock."
    yield from ("", f"Versions: {versions()}.", "", "## Whole audits", "")
    yield from whole_audits(sizes)
    yield from ("", "## As a picture", "", "```", *bars(sizes), "```")
    for size in sizes:
        yield from of_size(size)


def whole_audits(sizes: list[Size]) -> Iterable[str]:
    """Yield the table of whole audits."""
    yield (
        "| events | server | whole |"
        + "".join(f" {name} |" for name in NOTEBOOKS[:-1])
        + " floors | whole / floors | CPU whole | CPU floors | CPU whole / floors | memory (MB) |"
        + " disk (MB) | disk / source |"
    )
    yield "|" + " --- |" * (11 + len(NOTEBOOKS))
    for size in sizes:
        for kind in KINDS:
            cells = [f"{size.events:,}", kind, f"{size.whole(kind):.1f}"]
            cells += [f"{size.stage(kind, name):.1f}" for name in NOTEBOOKS[:-1]]
            floor = size.all_floors()
            cells += [f"{floor.seconds:.1f}", f"{size.whole(kind) / floor.seconds:.2f}"]
            cells += processors(size, kind)
            disk = max(one.disk for one in size.audits[kind])
            cells += [str(max(one.memory for one in size.audits[kind]))]
            cells += [str(disk), f"{disk / size.megabytes:.1f}"] if kind == "plain" else ["", ""]
            yield "| " + " | ".join(cells) + " |"


def processors(size: Size, kind: str) -> list[str]:
    """The cells about CPU seconds: whole audit, floors, ratio; known on the plain server only."""
    if kind != "plain":
        return ["", "", ""]
    whole, floor = size.processor(), size.all_floors().processor
    return [f"{whole:.1f}", f"{floor:.1f}", f"{whole / floor:.2f}"]


def of_size(size: Size) -> Iterable[str]:
    """Yield what is told of one size: floors, peers, statements, plans."""
    yield from ("", f"## {size.events:,} events", "", "| floor | seconds | CPU seconds |")
    yield "| --- | --- | --- |"
    for name in size.floors[0]:
        yield f"| {name} | {size.floor(name).seconds:.2f} | {size.floor(name).processor:.2f} |"
    if size.peers:
        yield from ("", "| one pair of plain tables | seconds |", "| --- | --- |")
        yield from (f"| {name} | {taken:.2f} |" for name, taken in size.peers.items())
    last = size.audits["plain"][-1]
    shares = ", ".join(f"{name} {held} MB" for name, held in last.parts.items())
    yield from ("", f"Memory of the plain server's client at its peak (PSS, by process): {shares}.")
    places = ", ".join(
        f"{name} {held} MB ({held / size.megabytes:.1f})" for name, held in last.places.items()
    )
    yield from ("", f"Disk after it by part, and as times the source: {places}.")
    yield from statements_told(last, SECONDS_PER_MILLION * size.events / 1_000_000)
    yield from ("", "Plans of the dearest queries (rows as planned):")
    for taken, text in size.plans:
        yield from ("", f"{taken:.2f} s", "", "```", text, "```")


def statements_told(last: Audit, least: float) -> Iterable[str]:
    """Yield what the statements of an audit cost: by kind of check, and those above a limit."""
    shares = [
        f"{kind} {taken:.1f} s, {taken / last.whole:.1%} of the audit"
        for kind, taken in seconds_by_kind(last.statements).items()
    ]
    yield from ("", f"By kind of check: {'; '.join(shares)}.")
    yield from ("", "Statements on the plain server's target over 1 s per 1,000,000 events:", "")
    yield "| statement | of | calls | seconds | share of the audit |"
    yield "| --- | --- | --- | --- | --- |"
    for text, calls, taken in last.statements[:LISTED]:
        if taken > least:
            shown = " ".join(re.sub("--[^\n]*\n", "", text).split())[:90]
            cells = [f"`{shown}`".replace("|", "\\|"), ", ".join(origins(text)[:2]), str(calls)]
            yield "| " + " | ".join([*cells, f"{taken:.2f}", f"{taken / last.whole:.1%}"]) + " |"


def bars(sizes: list[Size]) -> Iterable[str]:
    """Yield a bar for each audit and for the floors, by size."""
    for size in sizes:
        longest = max([*(size.whole(kind) for kind in KINDS), size.all_floors().seconds])
        for name, taken in [
            *((kind, size.whole(kind)) for kind in KINDS),
            ("floors", size.all_floors().seconds),
        ]:
            bar = "#" * max(1, round(BAR * taken / longest))
            yield f"{size.events:>10,} {name:<9} {bar} {taken:.1f} s"


def machine() -> str:
    """Processors, memory and system, without a name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return f"{os.cpu_count()} processors, {memory} GB, {platform.system()} {platform.machine()}"


def versions() -> str:
    """Versions of Python and of what an audit uses."""
    named_ = [f"{name} {metadata.version(name)}" for name in PACKAGES]
    return ", ".join([f"Python {platform.python_version()}", *named_])


def main(events: list[int]) -> None:
    """Measure each size and write the page after each."""
    least = int(min(events) / 1_000_000 * 1000)
    settings = {**PLAIN, "auto_explain.log_min_duration": f"{least}ms"}
    server = postgres.start_server(settings=settings)
    with postgres.connect(server.conninfo()) as connection:
        version = connection.info.parameter_status("server_version") or ""
    sizes: list[Size] = []
    try:
        for number in events:
            sizes.append(measure(server, number))
            PAGE.write_text("\n".join(page(sizes, version)) + "\n", encoding="utf-8")
    finally:
        server.stop()


if __name__ == "__main__":
    main([int(item) for item in sys.argv[1:]] or [100_000, 1_000_000])
