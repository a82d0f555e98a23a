"""The whole profile, taken once."""

from __future__ import annotations

from dataclasses import dataclass

import pandas

from motomind_nb.database import Connection
from motomind_nb.manifest import Manifest
from motomind_nb.profile.columns import columns
from motomind_nb.profile.constraints import constraints
from motomind_nb.profile.documents import documents
from motomind_nb.profile.exposure import exposure
from motomind_nb.profile.fabricated import fabricated
from motomind_nb.profile.objects import empty, objects, years
from motomind_nb.profile.references import keys, references
from motomind_nb.profile.rules import DEFAULT, Rules


@dataclass(frozen=True)
class Profile:
    """The tables of a profile; each is documented at the function of its name."""

    objects: pandas.DataFrame
    columns: pandas.DataFrame
    years: pandas.DataFrame
    keys: pandas.DataFrame
    references: pandas.DataFrame
    constraints: pandas.DataFrame
    empty: pandas.DataFrame
    exposure: pandas.DataFrame
    fabricated: pandas.DataFrame
    documents: pandas.DataFrame


def take(connection: Connection, manifest: Manifest, rules: Rules = DEFAULT) -> Profile:
    """Return the profile of the staged copy and its backup's manifest. Reads only."""
    known = columns(connection, rules)
    return Profile(
        objects=objects(connection, manifest, known), columns=known, years=years(connection),
        keys=keys(connection, rules), references=references(connection),
        constraints=constraints(connection, rules), empty=empty(connection, manifest),
        exposure=exposure(manifest), fabricated=fabricated(connection, known),
        documents=documents(),
    )  # fmt: skip
