"""Who can reach what in the source, as it is: grants, row level security, policies, views."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motomind_nb.backup import Manifest
from motomind_nb.postgres import Relation

if TYPE_CHECKING:
    import pandas as pd

ROLES = ("anon", "authenticated")
POLICY = re.compile(r"AS (?P<mode>\w+) FOR (?P<command>\w+) TO (?P<roles>[^(]*?)(?: USING| WITH|$)")
OPEN = re.compile(r"(USING|WITH CHECK) \(true\)")
SETTING = re.compile(r"current_setting\('(?P<name>[\w.]+)'(?:::text)?(?P<second>,)?")
UNKNOWN = "unknown"
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")


@dataclass(frozen=True)
class Policy:
    """One policy of a table: for which command and roles, and whether it lets everything pass."""

    name: str
    command: str
    roles: tuple[str, ...]
    is_open: bool
    text: str


def exposure(manifest: Manifest) -> pd.DataFrame:
    """Return what each object of the source is open to, and what is wrong with it.

    Columns: object, kind, row_security (on, off, not for views, unknown), policies (number), anon,
    authenticated (rights granted), problem (text, '' where none is seen). A backup without
    grants, as an exported file is, says nothing: unknown is not closed.
    """
    import pandas as pd

    names = ["object", "kind", "row_security", "policies", *ROLES, "problem"]
    if not grants_are_known(manifest):
        unknown = [
            (item.name, item.kind, UNKNOWN, None, UNKNOWN, UNKNOWN, "")
            for item in manifest.objects
            if item.present
        ]
        return pd.DataFrame(unknown, columns=names, dtype=object)
    usual = _usual_setting(manifest)
    lines = [
        (
            item.name,
            item.kind,
            _row_security(item),
            len(policies(item)),
            *(rights(item, role) for role in ROLES),
            "; ".join(problems(item, usual)),
        )
        for item in manifest.objects
        if item.present
    ]
    lines += [
        (
            item.name,
            "function",
            "",
            0,
            "",
            "",
            "runs with its owner's rights and without a fixed"
            " search path: who can create objects can make it run theirs",
        )
        for item in manifest.definitions
        if "function" in item.kind
        and "grant" not in item.kind
        and "SECURITY DEFINER" in item.text
        and "SET search_path" not in item.text
    ]
    return pd.DataFrame(lines, columns=names, dtype=object)


def grants_are_known(manifest: Manifest) -> bool:
    """Return whether the source told its grants at all."""
    return any(item.texts("grant") for item in manifest.objects)


def policies(item: Relation) -> list[Policy]:
    """Return an object's policies."""
    found = []
    for text in item.texts("policy"):
        match = POLICY.search(text.text)
        command, roles = (match["command"], match["roles"]) if match else ("ALL", "public")
        names = tuple(name.strip() for name in roles.split(",") if name.strip())
        opens = OPEN.findall(text.text)
        found.append(Policy(text.name, command, names, bool(opens), text.text))
    return found


def rights(item: Relation, role: str) -> str:
    """Return the rights on rows that a role holds on an object, by itself or as PUBLIC."""
    held = {
        right.removesuffix(" WITH GRANT OPTION")
        for grant in item.texts("grant")
        if grant.name in (role, "PUBLIC")
        for right in grant.text.split(", ")
    }
    return ", ".join(right for right in RIGHTS if right in held)


def api_roles_that_read(item: Relation) -> str:
    """Return which API roles read rows of an object, and whether all or those a policy gives."""
    reaches: dict[str, list[str]] = {}
    for role in ROLES:
        reach = _reach(item, role) if "SELECT" in rights(item, role) else ""
        if reach:
            reaches.setdefault(reach, []).append(role)
    return "; ".join(f"{', '.join(roles)}: {reach}" for reach, roles in reaches.items())


def _reach(item: Relation, role: str) -> str:
    """Return how far a role with SELECT reads: all rows, its policy's rows, none ('')."""
    if item.kind == "materialized view":
        return "all rows"
    if item.kind == "view":
        return "as the caller" if _invoker(item) else "all rows, as the owner"
    if _row_security(item) == "off":
        return "all rows"
    reading = [
        policy
        for policy in policies(item)
        if policy.command in ("ALL", "SELECT") and set(policy.roles) & {role, "public"}
    ]
    if any(policy.is_open for policy in reading):
        return "all rows, by policy"
    return "by policy" if reading else ""


def problems(item: Relation, usual_setting: str) -> list[str]:
    """Return what is wrong with an object's exposure."""
    granted = [role for role in ROLES if rights(item, role)]
    if not item.is_table:
        return _view_problems(item, granted)
    if _row_security(item) == "off":
        return (
            [f"row level security is off: {_and(granted)} may {_may(item, granted)} all rows"]
            if granted
            else []
        )
    if not policies(item):
        return ["row level security without any policy: no API role sees a row"]
    return [text for policy in policies(item) for text in _policy_problems(policy, usual_setting)]


def _view_problems(item: Relation, granted: list[str]) -> list[str]:
    """Return what is wrong with a view's exposure."""
    if not granted or _invoker(item):
        return []
    kind = (
        "materialized view has no row level security"
        if item.kind != "view"
        else ("view runs with its owner's rights, past row level security")
    )
    return [f"the {kind}: {_and(granted)} read all rows"]


def _policy_problems(policy: Policy, usual_setting: str) -> list[str]:
    """Return what is wrong with a policy."""
    found = []
    if policy.is_open:
        what = {"SELECT": "read", "ALL": "read and change"}.get(policy.command, "change")
        found.append(f"policy {policy.name} lets {_and(list(policy.roles))} {what} all rows")
    for setting in SETTING.finditer(policy.text):
        if usual_setting and setting["name"] != usual_setting:
            found.append(
                f"policy {policy.name} reads setting {setting['name']}, all others {usual_setting}"
            )
        if not setting["second"]:
            found.append(f"policy {policy.name} raises an error where the setting is not set")
    return list(dict.fromkeys(found))


def _usual_setting(manifest: Manifest) -> str:
    """Return the setting that most policies read."""
    names = [
        setting["name"]
        for item in manifest.objects
        for policy in item.texts("policy")
        for setting in SETTING.finditer(policy.text)
    ]
    return max(sorted(set(names)), key=names.count, default="")


def _row_security(item: Relation) -> str:
    """Return whether row level security is on for an object."""
    if not item.is_table:
        return "not for views"
    switched = (text.text.startswith("on") for text in item.texts("row level security"))
    return "on" if any(switched) else "off"


def _invoker(item: Relation) -> bool:
    """Return whether a view runs with its caller's rights."""
    return any(
        option.name == "security_invoker" and option.text in ("true", "on", "1")
        for option in item.texts("option")
    )


def _and(names: list[str]) -> str:
    """Return names as a list in words."""
    return " and ".join(["everybody" if name == "public" else name for name in names])


def _may(item: Relation, roles: list[str]) -> str:
    """Return in words what roles may do with rows."""
    held = {right for role in roles for right in rights(item, role).split(", ")}
    return "read" if held <= {"SELECT"} else "read and change"
