"""What the notebooks show of a run besides the stages' own tables. Reads only."""

from __future__ import annotations

from typing import Any

import pandas

from motomind_nb import rebuild, sql
from motomind_nb.load.projections import projections
from motomind_nb.run import Run


def contents() -> pandas.DataFrame:
    """Return the files that make the rebuilt schema, in order, with the first line of each.

    Columns: file, concern.
    """
    lines = [(path.name, path.read_text(encoding="utf-8")) for path in rebuild.files()]
    return pandas.DataFrame(
        [(name, text.partition("\n")[0].removeprefix("-- ")) for name, text in lines],
        columns=["file", "concern"],
    )


def projection(source: str) -> str:
    """Return the text of the query that maps one source table."""
    (found,) = [item for item in projections() if item.source == source]
    return sql.text(found.name).strip()


def loaded(run: Run) -> pandas.DataFrame:
    """Return how many rows each target table holds. Columns: target, rows."""
    return run.summary(sql.query("pipeline/loaded"))


def disputed(run: Run) -> pandas.DataFrame:
    """Return the disputed readings. Columns: nickname, source, date, miles, vehicle_id."""
    return run.summary(sql.query("pipeline/disputed"))


def made(run: Run) -> pandas.DataFrame:
    """Return what the rebuilt database consists of. Columns: schema, kind, objects."""
    return run.summary(sql.query("pipeline/made"))


def findings_of(run: Run, *stages: str) -> pandas.DataFrame:
    """Return the findings of the named stages (of all without a name), the gravest first."""
    found = run.summary(sql.query("pipeline/findings"), {"run": run.id})
    return found[found.stage.isin(stages)] if stages else found


def verdict_table(facts: dict[str, Any]) -> pandas.DataFrame:
    """Return the verdict's numbers as a table. Columns: what, number."""
    lines = [("objects", facts["objects"])]
    for group in ("rows", "checks", "mileage"):
        lines += [(f"{group}: {name}", number) for name, number in facts[group].items()]
    return pandas.DataFrame(lines, columns=["what", "number"])
