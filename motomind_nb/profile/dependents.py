"""What the manifest says of others: what uses the legacy objects from outside, views that fail."""

from __future__ import annotations

from motomind_nb.backup import Dependent, Manifest
from motomind_nb.core import Finding, as_one_line

CHECK = "outside dependent"
VIEW = "view can be evaluated"
HANDLED = "name it in the accept file with handled = rebind, also or leave"
ALL = "all of the source"
LONGEST = 200  # characters of a definition that a finding shows


def dependent_findings(manifest: Manifest) -> list[Finding]:
    """Return a failure for each dependent from outside, ok without any. Reads only the manifest.

    Functions beside the legacy ones that use none of them are one note. An exported file says
    nothing of dependents: that is a note, too.
    """
    if not manifest.is_database:
        return [
            Finding(
                CHECK,
                ALL,
                "known dependents",
                "unknown",
                "note",
                "an exported file tells nothing of them; look at the database itself",
            )
        ]
    dependents = [item for item in manifest.outside if item.depends_on]
    beside = [item.name for item in manifest.outside if not item.depends_on]
    found = [_dependent(item) for item in dependents] or [
        Finding(CHECK, ALL, "no dependent", "no dependent", "ok")
    ]
    return found + _beside(beside)


def _dependent(item: Dependent) -> Finding:
    """Return the failure for one dependent."""
    first = as_one_line(item.text.strip().partition("\n")[0], LONGEST)
    return Finding(
        CHECK,
        f"{item.kind} {item.name}",
        "handled",
        f"depends on {item.depends_on}",
        "fail",
        f"{first}; {HANDLED}",
    )


def _beside(names: list[str]) -> list[Finding]:
    """Return one note that names the other functions of the schema, none without any."""
    if not names:
        return []
    number = "1 function" if len(names) == 1 else f"{len(names)} functions"
    return [
        Finding(
            CHECK,
            "other functions of the schema",
            "using no legacy object",
            f"{number} using none",
            "note",
            f"{', '.join(names)}: stays where it is"
            if len(names) == 1
            else f"{', '.join(names)}: they stay where they are",
        )
    ]


def failing_view_findings(manifest: Manifest) -> list[Finding]:
    """Return a warning for each view whose query can't run in the source, ok without any.

    Reads only the manifest. What such a view showed is not evidence for anything any more.
    """
    failed = [item for item in manifest.views() if not item.evaluable]
    expected = "a query that runs"
    if not failed:
        return [Finding(VIEW, "all views", expected, expected, "ok")] if manifest.views() else []
    return [
        Finding(
            VIEW,
            item.name,
            expected,
            "one that does not",
            "warn",
            f"{as_one_line(item.reason, LONGEST)}; its definition is kept, its rows are not",
        )
        for item in failed
    ]
