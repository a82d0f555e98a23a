"""What stood around the schema when it was built: told once where it opens something."""

from __future__ import annotations

import re
from collections import defaultdict

from motomind_nb.core import Finding
from motomind_nb.postgres import API_ROLES
from motomind_nb.rebuilt.capture.lines import Capture, Line
from motomind_nb.rebuilt.capture.packaged import compare_with_package
from motomind_nb.rebuilt.capture.shown import summarize_object

MOST_NAMES = 20  # in the note; the capture holds all
OPEN_TO = {"PUBLIC", *API_ROLES}
# settings that stand for who is asking, or turn triggers and policies off
OPENING_SETTINGS = re.compile(r"(app|request)\..*|role|session_replication_role|row_security")
HARMLESS_ATTRIBUTES = {"service_role": {"bypassrls"}}
PLAIN_ATTRIBUTES = {"login", "noinherit"}


def fresh_build_findings(captured: Capture) -> list[Finding]:
    """Return what is to be said of a target just built: the package, the others, the environment.

    Status fail where it is not as packaged, note for objects that stood there before, warn for
    what opens something to a role of the API or to PUBLIC.
    """
    return [*compare_with_package(captured), *_theirs(captured), *opening_findings(captured)]


def _theirs(captured: Capture) -> list[Finding]:
    """Return one note that lists the objects that stood in the target's schema before."""
    if not captured.theirs:
        return []
    more = len(captured.theirs) - MOST_NAMES
    said = f"{len(captured.theirs):,}: {', '.join(captured.theirs[:MOST_NAMES])}"
    said += f" and {more:,} more" if more > 0 else ""
    detail = "they stay, and are compared from now on"
    return [Finding("objects of others", "schema public", "none", said, "note", detail)]


def opening_findings(captured: Capture) -> list[Finding]:
    """Return a warning for each thing of the environment that opens something."""
    opening: dict[str, list[Line]] = defaultdict(list)
    around = [line for line in captured.lines if not line.schema]
    owners = {line.text for line in around if line.object == "rebuilt schema"}
    for line in around:
        is_owners = line.kind == "grant" and line.name in owners
        if not is_owners and opens_to_api_roles(line):
            opening[line.object].append(line)
    expected = "nothing for roles of the API or PUBLIC"
    detail = "it was there before; a change from now on is a failure"
    return [
        Finding("environment", name, expected, summarize_object(lines), "warn", detail)
        for name, lines in opening.items()
    ]


def opens_to_api_roles(line: Line) -> bool:
    """Return whether a line of the environment opens something to a role of the API or PUBLIC.

    Who may make objects between the rebuilt ones opens them to all: that counts for every role.
    """
    role = line.object.removeprefix("role ")
    match line.kind:
        case "grant":
            makes = "CREATE" in line.text
            if line.object.startswith("schema "):  # who makes objects there, whatever the role
                return makes
            found = line.name in OPEN_TO and (makes or line.object != "database")
        case "column grant":
            found = line.name.partition(" on ")[0] in OPEN_TO
        case "attributes":
            free = PLAIN_ATTRIBUTES | HARMLESS_ATTRIBUTES.get(role, set())
            found = role in API_ROLES and not set(line.text.split()) <= free
        case "member of":
            found = role in API_ROLES
        case "setting" | "setting in this database":
            named = role in API_ROLES or line.object == "every role"
            found = named and bool(OPENING_SETTINGS.fullmatch(line.name))
        case "hands out":
            found = True
        case _:
            found = line.object.startswith("default privileges") and line.name in OPEN_TO
    return found
