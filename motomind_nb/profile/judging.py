"""What a profile finds wrong in the source: warnings, because the source is as it is.

Where the documents and the catalog disagree, they do so whatever the source holds: notes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from motomind_nb.core import Finding, by_cause
from motomind_nb.profile.exposure import UNKNOWN
from motomind_nb.profile.objects import ABSENT
from motomind_nb.profile.taking import Profile

if TYPE_CHECKING:
    import pandas as pd

EARLY = r"[\d,]+ before 1971(?:; )?"


def profile_findings(profile: Profile) -> list[Finding]:
    """Return the findings: ok for each thing looked at, one warning or note for each cause."""
    found: list[Finding] = []
    for part in (
        _objects,
        _columns,
        _years,
        _keys,
        _references,
        _constraints,
        _exposure,
        _fabricated,
        _documents,
    ):
        found += by_cause(map(_settled, part(profile)))
    return found


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _settled(item: Finding) -> Finding:
    """Return ok in place of a warning or note where what was found was expected."""
    if item.status in ("warn", "note") and item.expected == item.found:
        return replace(item, status="ok", detail="")
    return item


def _rows(number: int) -> str:
    """Return a number of rows in words."""
    return f"{number:,} row" + ("" if number == 1 else "s")


def _objects(profile: Profile) -> Iterable[Finding]:
    """Yield whether each object of the catalog is in the source."""
    for row in _records(profile.objects):
        absent = row["note"] == ABSENT
        yield Finding(
            "object is in the source",
            row["object"],
            "present",
            "absent" if absent else "present",
            "warn",
            "absent, not empty: nothing is known of its rows",
        )
    there = profile.objects[profile.objects["note"] != ABSENT]
    for row in _records(there[there["documented_rows"] == 0]):
        yield Finding(
            "documented as empty",
            row["object"],
            _rows(0),
            _rows(row["rows"] or 0),
            "warn",
            "the documents call it empty; its rows are archived",
        )


def _columns(profile: Profile) -> Iterable[Finding]:
    """Yield columns that nobody has mapped, and values that are odd.

    Points in time before 1971 are judged with the values that are made up.
    """
    unknown = profile.columns[profile.columns["fate"] == "unknown"]
    for row in _records(unknown):
        yield Finding(
            "column has a fate",
            f"{row['object']}.{row['column']}",
            "a fate",
            "none",
            "warn",
            "give it a fate in the catalog before anything is loaded",
        )
    timestamps = profile.columns["type"].str.startswith("timestamp")
    early = profile.columns["notes"].str.replace(EARLY, "", regex=True)
    notes = profile.columns["notes"].mask(timestamps, early)
    odd = notes != ""
    for row in _records(profile.columns.assign(notes=notes)[odd]):
        for note in row["notes"].split("; "):
            number, _, kind = note.partition(" ")
            yield Finding(
                "values are well formed",
                f"{row['object']}.{row['column']}",
                "nothing odd",
                number,
                "warn",
                f"{kind}: carried over unchanged",
            )
    clean = int(((profile.columns["notes"] == "") & profile.columns["rows"].notna()).sum())
    yield Finding(
        "values are well formed",
        "all other columns",
        "nothing odd",
        "nothing odd",
        "ok",
        f"{clean} columns",
    )


def _years(profile: Profile) -> Iterable[Finding]:
    """Yield the years of each source for which the original plan had no partition: notes.

    The rebuilt schema has a partition for each: nobody has to do anything.
    """
    import pandas as pd

    for name, part in profile.years.groupby("object", sort=False):
        outside = part[part["original_plan"] == "has none"]
        listed = ", ".join(
            "infinity" if pd.isna(year) else str(int(year)) for year in outside["year"]
        )
        number = int(outside["rows"].sum())
        yield Finding(
            "years fit the partitions",
            str(name),
            _rows(0),
            _rows(number) + (f" in {listed}" if number else ""),
            "note",
            "the original plan had no partition for these years; the rebuilt schema has"
            " one for every year and a default one",
        )


def _keys(profile: Profile) -> Iterable[Finding]:
    """Yield the natural keys that do not tell rows apart."""
    for row in _records(profile.keys[profile.keys["repeated"].notna()]):
        yield Finding(
            "rows are told apart",
            f"{row['object']} ({row['columns']})",
            "no repeated row",
            "no repeated row"
            if row["holds"]
            else _rows(row["repeated"]).replace(" row", " repeated row"),
            "warn",
            "likely duplicates; all of them are carried over",
        )


def _references(profile: Profile) -> Iterable[Finding]:
    """Yield the references that point at nothing."""
    for row in _records(profile.references):
        meant = "declared" if row["declared"] else "meant, but not declared"
        yield Finding(
            "references point at something",
            f"{row['object']}.{row['column']} to {row['refers_to']}",
            _rows(0),
            _rows(row["orphans"]),
            "warn",
            f"{meant}; first: {row['samples']}",
        )


def _constraints(profile: Profile) -> Iterable[Finding]:
    """Yield the rules of the target that legacy rows break."""
    import pandas as pd

    for row in _records(profile.constraints):
        subject = f"{row['object']}: {row['rule']}"
        if pd.isna(row["rows"]):
            yield Finding("target rule", subject, "checked", "not checked", "warn", row["outcome"])
            continue
        yield Finding(
            "target rule",
            subject,
            _rows(0),
            _rows(row["rows"]) + (f", first {row['samples']}" if row["rows"] else ""),
            "warn",
            row["outcome"],
        )


def _exposure(profile: Profile) -> Iterable[Finding]:
    """Yield what is open in the source."""
    if (profile.exposure["row_security"] == UNKNOWN).all():
        yield Finding(
            "source is closed",
            "all objects",
            "known grants and policies",
            UNKNOWN,
            "warn",
            "an exported file holds neither; look at the database itself",
        )
        return
    for row in _records(profile.exposure):
        yield Finding(
            "source is closed",
            row["object"],
            "no opening",
            row["problem"] or "no opening",
            "warn",
            "the rebuilt schema takes over none of these grants and policies",
        )


def _fabricated(profile: Profile) -> Iterable[Finding]:
    """Yield the values that are not facts."""
    for row in _records(profile.fabricated):
        yield Finding(
            "values are facts",
            f"{row['object']}.{row['column']} = {row['value']}",
            _rows(0),
            f"{_rows(row['rows'])} ({row['why']})" if row["rows"] else _rows(0),
            "warn",
            "carried over: do not present it as a fact",
        )


def _documents(profile: Profile) -> Iterable[Finding]:
    """Yield where the documents and the catalog disagree."""
    for row in _records(profile.documents):
        yield Finding(
            "documents agree with the catalog",
            row["statement"],
            row["documents"],
            row["catalog"],
            "note",
            row["why"],
        )
