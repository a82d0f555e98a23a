"""The whole profile, taken once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from motomind_nb.backup import Manifest
from motomind_nb.postgres import Connection, Task, share_tasks
from motomind_nb.profile.columns import columns, distributions, fabricated
from motomind_nb.profile.constraints import find_rows_breaking_rules
from motomind_nb.profile.documents import compare_documents_with_catalog
from motomind_nb.profile.exposure import exposure
from motomind_nb.profile.objects import empty, event_rows_by_year, objects
from motomind_nb.profile.references import keys_with_repeats, references_with_orphans
from motomind_nb.profile.rules import DEFAULT, Rules

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Profile:
    """The tables of a profile; each is documented at the function of its name."""

    objects: pd.DataFrame
    columns: pd.DataFrame
    years: pd.DataFrame
    distributions: pd.DataFrame
    keys: pd.DataFrame
    references: pd.DataFrame
    constraints: pd.DataFrame
    empty: pd.DataFrame
    exposure: pd.DataFrame
    fabricated: pd.DataFrame
    documents: pd.DataFrame


def profile_staged_copy(
    connections: Sequence[Connection], manifest: Manifest, rules: Rules = DEFAULT
) -> Profile:
    """Return the profile of the staged copy and its backup's manifest. Reads only.

    The connections share the work; one is enough.
    """
    parts: dict[str, Callable[[Connection], pd.DataFrame]] = {
        "keys": partial(keys_with_repeats, rules=rules),
        "years": event_rows_by_year,
        "distributions": distributions,
        "references": references_with_orphans,
        "constraints": partial(find_rows_breaking_rules, rules=rules),
        "columns": partial(columns, rules=rules),
    }

    tasks = [Task(cost, part) for cost, part in enumerate(parts.values())]
    given: list[pd.DataFrame] = share_tasks(connections, tasks, "profile")
    found = dict(zip(parts, given, strict=True))
    first, known = connections[0], found["columns"]
    return Profile(
        **found,
        objects=objects(first, manifest, known),
        empty=empty(first, manifest),
        exposure=exposure(manifest),
        fabricated=fabricated(first, known),
        documents=compare_documents_with_catalog(),
    )
