"""The steps of an apply, in order: each with the statements it sends, and what carries it out.

The same list is printed by the plan, hashed into its token and carried out, so that what was
approved is what is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from motomind_nb import load, rebuilt
from motomind_nb.apply import acts, locking, moving, outside
from motomind_nb.apply.acts import BESIDE, LEGACY, OLD_TABLES, Work
from motomind_nb.apply.outside import Bound
from motomind_nb.apply.state import APPLIED, IN_PLACE, SOURCE_SCHEMA
from motomind_nb.postgres import Connection, compose_sql_file, query


@dataclass(frozen=True)
class Statement:
    """A text that a step sends."""

    step: str
    text: str


@dataclass(frozen=True)
class Step:
    """One step: its name, the statements that it sends or what it runs, and its act."""

    name: str
    statements: tuple[str, ...]
    act: Callable[[Work], None]


def apply_steps(connection: Connection, also: str, bound: Sequence[Bound]) -> list[Step]:
    """Return the steps of an apply with the texts that they send through this connection.

    ``bound`` is what is made anew over the rebuilt tables, ``also`` the operator's text. Reads the
    catalog only.
    """
    moves = [*moving.legacy_moves(connection, SOURCE_SCHEMA, LEGACY)]
    members = outside.published(connection, SOURCE_SCHEMA)
    return [
        *_steps_beside(connection),
        Step(
            "add keys from outside",
            _texts(
                connection,
                (one for item in outside.added_before(bound) for one in item.statements_before()),
            ),
            acts.add_keys_from_outside,
        ),
        Step(
            "switch",
            (
                _lock_text(OLD_TABLES, locking.EVERYBODY),
                *_texts(connection, moves),
                f"ALTER .. SET SCHEMA {SOURCE_SCHEMA} of every relation in {BESIDE}",
            ),
            acts.switch,
        ),
        Step("add rules", _as_applied(connection, rebuilt.rule_files()), acts.add_rules),
        Step(
            "bind from outside",
            (
                *_texts(connection, (text for item in bound for text in item.statements_after())),
                *(
                    f"publication {item.publication}: {item.table} rebuilt for old"
                    for item in members
                ),
            ),
            acts.bind_from_outside,
        ),
        Step("also", (also,) if also else (), acts.execute_also),
        Step("compare with package", ("every definition; reads only",), acts.compare_with_package),
    ]


def _steps_beside(connection: Connection) -> list[Step]:
    """Return the steps that make, fill and prove the rebuilt tables while readers go on."""
    return [
        Step("lock out writers", (_lock_text(OLD_TABLES, locking.WRITERS),), acts.lock_out_writers),
        Step("build beside", _texts(connection, _building()), acts.build_beside),
        Step("load", _texts(connection, _loading()), acts.load_rows),
        Step(
            "add keys",
            _texts(connection, map(compose_sql_file, rebuilt.key_files())),
            acts.add_keys,
        ),
        Step("take statistics", ("ANALYZE what was loaded",), acts.take_statistics),
        Step(
            "compare", ("every check of notebooks 03 and 04; reads only",), acts.compare_with_source
        ),
        Step(
            "prove", ("every proof of notebook 05; all that they try is undone",), acts.prove_beside
        ),
    ]


def _lock_text(tables: Sequence[str], mode: str) -> str:
    """Return the text of a lock."""
    return f"LOCK TABLE {', '.join(tables)} IN {mode} MODE"


def _texts(connection: Connection, statements: Iterable[sql.Composable]) -> tuple[str, ...]:
    """Return the texts of statements as this connection sends them."""
    return tuple(item.as_string(connection).strip() for item in statements)


def _as_applied(connection: Connection, files: Sequence[Path]) -> tuple[str, ...]:
    """Return the texts of files as they are sent after the switch."""
    connection.schemas = APPLIED
    try:
        return _texts(connection, map(compose_sql_file, files))
    finally:
        connection.schemas = IN_PLACE


def _building() -> list[sql.Composable]:
    """Return the statements that make the bare tables beside."""
    return [
        query("apply/switch/create_schema", schema=BESIDE),
        compose_sql_file(rebuilt.schema_files()[0]),
        *map(compose_sql_file, rebuilt.table_files()),
    ]


def _loading() -> list[sql.Composable]:
    """Return the projections that the load inserts."""
    return [item.select for item in load.projections()]
