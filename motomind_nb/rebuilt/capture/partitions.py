"""The yearly partitions of vehicle_events as one object, so that a new year is no difference."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from motomind_nb.rebuilt.capture.lines import Line

WHOLE = "public.vehicle_events"
PARTITIONS = "vehicle_events (partitions)"
NAME = re.compile(r"vehicle_events_(\d{4})(?:_(\d\d)(\d\d))?(?:_next)*")
BOUNDS = re.compile(r"FOR VALUES FROM \('(\d+)-(\d+)-(\d+)'\) TO \('(\d+)-(\d+)-(\d+)'\)")


def fold_partitions(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines with those of all partitions but the default one as one object's.

    Its line ``partition`` holds each one's bounds. The other lines hold (partition) in place of a
    partition's name, and say in which partitions they are unless they are in all.
    """
    known = list(lines)
    names = {line.object for line in known if _is_partition(line)}
    found: dict[Line, list[str]] = defaultdict(list)
    for line in known:
        if line.schema != "public" or line.object not in names:
            yield line
        elif line.kind == "partition":
            yield Line("public", PARTITIONS, "partition", line.object, line.text)
        else:
            found[_without_name(line)].append(line.object)
    for line, having in found.items():
        yield replace(line, text=line.text + _where(set(having), names))


def partition_matches_name(line: Line) -> bool:
    """Return whether a line is a partition whose bounds are those that its name says."""
    name, bounds = NAME.fullmatch(line.name), BOUNDS.fullmatch(line.text)
    if (line.object, line.kind) != (PARTITIONS, "partition") or not name or not bounds:
        return False
    year, month, day = (int(part or 1) for part in name.groups())
    numbers = [int(part) for part in bounds.groups()]
    first, last = numbers[:3], numbers[3:]
    ends_well = first < last <= [year + 1, 1, 1] if name[2] else last == [year + 1, 1, 1]
    return first == [year, month, day] and ends_well


def _is_partition(line: Line) -> bool:
    """Return whether a line says that its object is a yearly partition of vehicle_events."""
    is_part = (line.schema, line.kind, line.name) == ("public", "partition", WHOLE)
    return is_part and line.text != "DEFAULT"


def _where(having: set[str], names: set[str]) -> str:
    """Return in which partitions something is, nothing when it is in all."""
    lacking = names - having
    if not lacking:
        return ""
    few, said = (lacking, "not in") if len(lacking) < len(having) else (having, "only in")
    return f" ({said} {', '.join(sorted(few))})"


def _without_name(line: Line) -> Line:
    """Return a partition's line with (partition) in place of its name."""
    own = re.compile(rf"\b{re.escape(line.object)}\b")
    name, text = (own.sub("(partition)", part) for part in (line.name, line.text))
    return Line("public", PARTITIONS, line.kind, name, text)
