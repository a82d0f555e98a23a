"""The definitions of a backup that a restore does not make: one script, in an order to run it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from motomind_nb.backup import Manifest
from motomind_nb.postgres import Connection, Definition, Relation
from motomind_nb.staging.restoring import rights
from motomind_nb.staging.restoring.writer import FOREIGN, KEYS, SCHEMA, Writer

SEQUENCES = ("sequence", "sequence owner", "sequence value")
STORAGE = ("option", "persistence", "replica identity")
# what another database may lack, or can't have afterwards
BY_HAND = ("parent", "table type", "generated", "cron job", "not compared")
HEADER = """\
-- What a restore by motomind did not make, out of a backup of {taken}
-- (PostgreSQL {version}, the objects in schema {schema}).
-- Every statement here is a text of whoever could write to that database or to the backup. None was
-- run: read them first, then run them as the owner of the tables, all or nothing:
--     psql -v ON_ERROR_STOP=1 -f remaining.sql "$DATABASE"
-- They need the roles that they name, and the extensions whose functions they call.
"""


@dataclass(frozen=True)
class Section:
    """Statements of one kind, under a heading."""

    title: str
    statements: tuple[str, ...]


@dataclass(frozen=True, order=True)
class TableKey:
    """A key of a table, by its name."""

    table: str
    name: str
    kind: str


def remaining_script(
    connection: Connection, backup: Manifest, live: dict[str, Relation]
) -> tuple[str, int]:
    """Return the script of all that the backup defines and the database lacks, and how many
    statements it has. Reads only.
    """
    writer = Writer(connection)
    sections = [one for one in _sections(writer, backup, live) if one.statements]
    header = HEADER.format(
        taken=backup.source.get("taken_at", "an unknown time"),
        version=backup.source.get("server_version", "of an unknown version"),
        schema=backup.schema,
    )
    begin = _ended(writer.statement("begin", schema=SCHEMA))
    parts = [header, *map(_comment, _by_hand(writer, backup)), "", begin]
    for one in sections:
        parts += [f"\n-- {one.title}", *map(_ended, one.statements)]
    parts += ["", _ended(writer.statement("commit")), ""]
    return "\n".join(parts), sum(len(one.statements) for one in sections)


def _sections(writer: Writer, backup: Manifest, live: dict[str, Relation]) -> Iterator[Section]:
    """Yield what is left to make, in an order in which each needs only what stands before it."""
    tables, views = backup.tables(), _in_order(backup.views())
    every = [*tables, *views]
    again = _made_otherwise(backup, live)

    def of(relations: Iterable[Relation], *kinds: str) -> tuple[str, ...]:
        return tuple(
            statement
            for kind in kinds
            for item in relations
            for one in item.texts(kind)
            if one not in _held(live, item) or TableKey(item.name, one.name, one.kind) in again
            for statement in writer.of_relation(item, one)
        )

    yield Section("keys that were made without what they do on a change", _dropped(writer, again))
    yield Section("sequences", of(tables, *SEQUENCES))
    yield Section("functions", tuple(rights.functions(writer, backup)))
    yield Section("defaults", _defaults(writer, tables))
    yield Section("columns that the server numbers", of(tables, "identity"))
    yield Section("keys and checks", of(tables, *KEYS))
    yield Section("indexes of tables", of(tables, "index"))
    yield Section("foreign keys", of(tables, *FOREIGN))
    yield Section("views", tuple(writer.view(item) for item in views))
    yield Section("indexes of views", of(views, "index"))
    yield Section("options and storage", of(every, *STORAGE))
    yield Section("statistics, rules and triggers", of(every, "statistics", "rule", "trigger"))
    yield Section("row level security", of(tables, "policy", "row level security"))
    yield Section("comments", of(every, "comment") + tuple(rights.schema_comments(writer, backup)))
    given = [text for item in every for text in rights.relation_rights(writer, item)]
    for give in (rights.sequence_rights, rights.function_rights, rights.schema_rights):
        given += give(writer, backup)
    yield Section("rights", tuple(given))


def _held(live: dict[str, Relation], item: Relation) -> tuple[Definition, ...]:
    """Return the definitions that a relation has already."""
    return live[item.name].definitions if item.name in live else ()


def _made_otherwise(backup: Manifest, live: dict[str, Relation]) -> set[TableKey]:
    """Return the keys whose text is another than the source's, and those that point at them.

    A foreign key is made to check the rows; what it does on a change is in the text alone.
    """
    found: set[TableKey] = set()
    for item in backup.tables():
        texts = {(one.kind, one.name): one.text for one in _held(live, item)}
        for one in item.texts(*KEYS, *FOREIGN):
            if texts.get((one.kind, one.name), one.text) != one.text:
                found.add(TableKey(item.name, one.name, one.kind))
    changed = {key.table for key in found if key.kind not in FOREIGN}
    for item in backup.tables():
        names = {one.name for one in _held(live, item)}
        for key in item.keys:
            if key.refers_to in changed and key.name in names:
                found.add(TableKey(item.name, key.name, key.kind))
    return found


def _dropped(writer: Writer, again: set[TableKey]) -> tuple[str, ...]:
    """Return what takes keys back, those that point at others first."""
    ordered = sorted(again, key=lambda key: (key.kind not in FOREIGN, key))
    return tuple(
        writer.statement("drop_constraint", table=(SCHEMA, key.table), name=key.name)
        for key in ordered
    )


def _defaults(writer: Writer, tables: list[Relation]) -> tuple[str, ...]:
    """Return the defaults of all columns."""
    return tuple(
        writer.default(item, column.name, column.default)
        for item in tables
        for column in item.columns
        if column.default is not None
    )


def _in_order(views: list[Relation]) -> list[Relation]:
    """Return views so that each reads only those before it."""
    by_name = {item.name: item for item in views}
    ordered: dict[str, Relation] = {}

    def put(item: Relation) -> None:
        for name in item.reads:
            if name in by_name and name not in ordered and name != item.name:
                put(by_name[name])
        ordered[item.name] = item

    for item in views:
        put(item)
    return list(ordered.values())


def _by_hand(writer: Writer, backup: Manifest) -> Iterator[str]:
    """Yield what a person has to make, or to leave."""
    for item in backup.objects:
        for one in item.texts("publication"):
            table = (SCHEMA, item.name)
            statement = writer.statement("publish", publication=one.name, table=table)
            yield f"by hand, where there is such a publication: {_ended(statement)}"
        for one in item.texts(*BY_HAND):
            yield f"by hand: {one.kind} of {item.name}: {one.name} {one.text}"
        for column in item.columns if item.is_table else ():
            if not column.is_built_in:
                yield f"by hand: {item.name}.{column.name} is text here, and was {column.type}"
    for item in backup.views():
        for name in item.reads:
            if "." in name and not name.startswith("pg_catalog."):
                yield f"needed first: {name}, which {item.kind} {item.name} reads"
    for one in backup.definitions:
        if one.kind in BY_HAND:
            yield f"by hand: {one.kind}: {one.name} {one.text}"
    for item in backup.unknown:
        yield f"not in the backup: {item.kind} {item.name}"


def _comment(text: str) -> str:
    """Return a text as a comment, whatever lines it has."""
    return "\n".join(f"-- {line}" for line in text.splitlines())


def _ended(statement: str) -> str:
    """Return a statement with its end; a comment at its end does not swallow it."""
    text = statement.rstrip().removesuffix(";")
    return f"{text}\n;" if "--" in text.rpartition("\n")[2] else f"{text};"
