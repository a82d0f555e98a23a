"""What an act of a role rests on: the relations, policies, triggers and functions behind it.

Read from the packaged schema alone: schema/target/definitions.csv has policies, triggers and
columns, the numbered files the texts of views and functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from motomind_nb.postgres import read_sql
from motomind_nb.rebuilt.architecture.proofs import OWNER, ROLE, all_proofs, proof_subject
from motomind_nb.rebuilt.build import schema_files
from motomind_nb.rebuilt.capture import Line, packaged_lines

COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
WORD = re.compile(r"\w+")
QUALIFIED = re.compile(r"(?<![\w.])(?:public|private|audit|{target})\.(\w+)")
STATEMENT = re.compile(r"^(?=(?:CREATE|ALTER|GRANT|REVOKE|DO|COMMENT)\b)", re.MULTILINE)
MADE = re.compile(r"CREATE (FUNCTION|VIEW) (?:\w+|{\w+})\.(\w+)")  # a materialized view is a table
POLICY = re.compile(r"FOR (\w+) TO (.+?)(?= USING| WITH CHECK|;|$)")
GRANT = re.compile(r"(?:^|; )([^:;]+?)(?: on \w+)?: ([A-Z, ]+)")
CALLING = ("policy", "trigger", "column", "constraint")  # kinds of which a text calls functions
WRITES = {"column": ("INSERT", "UPDATE"), "constraint": ("INSERT", "UPDATE", "DELETE")}


class Act(NamedTuple):
    """One role does one command to one relation or function."""

    role: str
    command: str
    object: str


class Behind(NamedTuple):
    """What an act reads or writes: relations and views, and functions with how far away each is.

    A function that a policy or a trigger calls is 1 away, one that this one calls 2, and so on.
    """

    relations: frozenset[str]
    functions: dict[str, int]


def acts_of_proofs() -> dict[str, list[Act]]:
    """Return what each proof of the rebuilt design does, by the subject of its finding."""
    return {
        proof_subject(proof.point, "rebuilt"): acts_of_script(proof.statements)
        for proof in all_proofs()
        if "rebuilt" in proof.expected
    }


def acts_of_script(script: str) -> list[Act]:
    """Return the acts of a script: each command of a statement on each object that it names."""
    role, found = OWNER, []
    for statement in script.split(";\n"):
        role = next(iter(ROLE.findall(f"{statement.strip()};")), role)
        words = set(WORD.findall(statement))
        commands = [name for name in COMMANDS if name in words]
        named = {_published()[word] for word in words & {*_published()}} | _named(statement)
        found += [Act(role, command, name) for command in commands for name in named]
    return sorted(set(found))


def objects_behind(act: Act) -> Behind:
    """Return what an act of the packaged schema rests on."""
    relations = frozenset(_closure({act.object}, _read_by()))
    called = {
        name
        for line in _lines_of(relations)
        if takes_part(line.kind, f"{line.name}: {line.text}", act)
        for name in _named(line.text)
    }
    named = {word for view in relations for word in _texts().get(view, ())}
    first = (named | called | {act.object}) & _functions()
    return Behind(relations, _closure(first, _texts(), _functions()))


def takes_part(kind: str, text: str, act: Act) -> bool:
    """Return whether a definition of a relation, as a finding shows it, has a part in an act."""
    if kind == "policy":
        said = [(name, roles.split(", ")) for name, roles in POLICY.findall(text)]
        commands = {act.command, "ALL"} | ({"SELECT"} if act.command != "INSERT" else set())
        return any(name in commands and {act.role, "public"} & {*roles} for name, roles in said)
    if kind in ("grant", "column grant"):
        given = [(role, commands.split(", ")) for role, commands in GRANT.findall(text)]
        return any(role in (act.role, "PUBLIC") and act.command in many for role, many in given)
    if kind == "trigger":
        return act.command in text.partition(" ON ")[0]
    return act.command in WRITES.get(kind, (act.command,)) and not (
        kind == "row level security" and act.role == OWNER
    )


def _closure(
    first: set[str], edges: dict[str, frozenset[str]], within: frozenset[str] | None = None
) -> dict[str, int]:
    """Return what can be reached from some names, with the number of steps, from 1."""
    found: dict[str, int] = {}
    step, new = 1, first
    while new:
        found |= dict.fromkeys(sorted(new), step)
        reached = {name for one in new for name in edges.get(one, ())}
        new = {name for name in reached if name not in found and (not within or name in within)}
        step += 1
    return found


def _lines_of(relations: Iterable[str]) -> Iterator[Line]:
    """Yield the policies, triggers, columns and constraints of relations, as packaged."""
    wanted = {*relations}
    for line in _lines():
        if line.object.partition(" ")[0] in wanted and line.kind in CALLING:
            yield line


def _named(text: str) -> set[str]:
    """Return the packaged objects that a text names with their schema."""
    return set(QUALIFIED.findall(text)) & _objects()


@cache
def _lines() -> tuple[Line, ...]:
    """Return the packaged definitions."""
    return tuple(packaged_lines())


@cache
def _objects() -> frozenset[str]:
    """Return the names of the packaged relations and functions."""
    return frozenset(line.object.partition("(")[0].rstrip() for line in _lines()) - {""}


@cache
def _published() -> dict[str, str]:
    """Return the relations that a script names without a schema; a partition is its table."""
    whole = {line.object: line.object for line in _lines() if line.schema == "public"}
    parts = {
        line.name: line.object.partition(" ")[0] for line in _lines() if line.kind == "partition"
    }
    return {name: held for name, held in (whole | parts).items() if held in _objects()}


@cache
def _made() -> dict[str, tuple[str, frozenset[str]]]:
    """Return what each view and function is, and the objects that its text names."""
    texts = (read_sql(path) for path in schema_files())
    parts = (part for text in texts for part in STATEMENT.split(text))
    found = ((made, part) for part in parts if (made := MADE.match(part)))
    return {made[2]: (made[1], frozenset(_named(part)) - {made[2]}) for made, part in found}


def _texts() -> dict[str, frozenset[str]]:
    """Return the objects that the text of each view and function names."""
    return {name: named for name, (_, named) in _made().items()}


def _functions() -> frozenset[str]:
    """Return the names of the functions."""
    return frozenset(name for name, (kind, _) in _made().items() if kind == "FUNCTION")


def _read_by() -> dict[str, frozenset[str]]:
    """Return the relations that each view reads; a function is none."""
    views = {name: named for name, (kind, named) in _made().items() if kind == "VIEW"}
    return {name: named - _functions() for name, named in views.items()}
