"""The whole profile, taken once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from motomind_nb.backup import Manifest
from motomind_nb.postgres import Connection, Task, share_tasks
from motomind_nb.profile.columns import columns, distributions, fabricated
from motomind_nb.profile.constraints import constraints
from motomind_nb.profile.documents import documents
from motomind_nb.profile.exposure import exposure
from motomind_nb.profile.objects import empty, objects, years
from motomind_nb.profile.references import keys, references
from motomind_nb.profile.rules import DEFAULT, Rules


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


def profile_objects(
    connections: Sequence[Connection], manifest: Manifest, rules: Rules = DEFAULT
) -> Profile:
    """Return the profile of the staged copy and its backup's manifest. Reads only.

    The connections share the work; one is enough.
    """
    found: dict[str, pd.DataFrame] = {}
    parts: dict[str, Callable[[Connection], pd.DataFrame]] = {
        "keys": partial(keys, rules=rules),
        "years": years,
        "distributions": distributions,
        "references": references,
        "constraints": partial(constraints, rules=rules),
        "columns": partial(columns, rules=rules),
    }

    def task(cost: int, name: str) -> Task:
        return Task(cost, lambda connection: found.update({name: parts[name](connection)}))

    share_tasks(connections, [task(cost, name) for cost, name in enumerate(parts)], "profile")
    first, known = connections[0], found["columns"]
    return Profile(
        **found,
        objects=objects(first, manifest, known),
        empty=empty(first, manifest),
        exposure=exposure(manifest),
        fabricated=fabricated(first, known),
        documents=documents(),
    )
