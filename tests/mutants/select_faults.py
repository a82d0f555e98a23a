"""Faults in queries: sqlglot parses them, and each node that can be wrong is made wrong once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sqlglot
from faults import HEADER, ROOT, Fault, closed, opened
from sqlglot import exp

Types = dict[str, dict[str, str]]
Change = tuple[str, str, exp.Expression | None]  # kind, what, the node instead (None: no node)
NUMBERS = ("integer", "smallint", "bigint", "numeric", "double precision")
TEXTS = ("text", "character varying")
DEFAULTS = {"text": "''", "character varying": "''", "boolean": "false", "jsonb": "'{}'::jsonb"}
COMPARED = {
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.And: exp.Or,
    exp.Or: exp.And,
}


def file_faults(path: str, types: Types) -> Iterator[Fault]:
    """The faults of a query's file."""
    text = (ROOT / path).read_text("utf-8")
    head = HEADER.match(text)
    assert head
    for kind, what, changed in query_faults(text[head.end() :], types):
        yield Fault("sql", kind, path, what, path, head[0] + changed + "\n")


def query_faults(text: str, types: Types) -> Iterator[tuple[str, str, str]]:
    """The faults of one query: kind, what, the whole text instead."""
    tree = sqlglot.parse_one(opened(text), read="postgres")
    columns = Columns(tree, types)
    for node in list(tree.walk()):
        for kind, what, instead in list(node_faults(node, columns)):
            yield kind, what, closed(_changed(tree, node, instead))


def _changed(tree: exp.Expression, node: exp.Expression, instead: exp.Expression | None) -> str:
    """The text of a tree with another node in the place of one (None: without it).

    The tree itself is changed and put back: a copy of it for each fault doubles the time.
    """
    parent, key = node.parent, node.arg_key
    if parent is None or key is None:
        return tree.sql(dialect="postgres", comments=False)
    held = parent.args[key]
    kept = list(held) if isinstance(held, list) else held
    if instead is None:
        node.pop()
    else:
        node.replace(_named(node, instead))
    text = tree.sql(dialect="postgres", comments=False)
    parent.set(key, kept)
    return text


def round_trip(text: str) -> str:
    """A query as sqlglot writes it, nothing changed."""
    tree = sqlglot.parse_one(opened(text), read="postgres")
    return closed(tree.sql(dialect="postgres", comments=False))


class Columns:
    """The types of the columns that a query reads, and their neighbours."""

    def __init__(self, tree: exp.Expression, types: Types) -> None:
        self.tables = {
            table.alias_or_name: types[name]
            for table in tree.find_all(exp.Table)
            if (name := re.sub("^loadable_", "", table.name)) in types
        }

    def type(self, node: exp.Column) -> str:
        """The type of a column, empty where it is unknown."""
        if node.table:
            return self.tables.get(node.table, {}).get(node.name, "")
        known = [held[node.name] for held in self.tables.values() if node.name in held]
        return known[0] if known else ""

    def neighbour(self, node: exp.Column) -> str:
        """The next column of the same table and type, empty without one."""
        held, wanted = self.tables.get(node.table, {}), self.type(node)
        alike = [name for name, type_ in held.items() if type_ == wanted and wanted]
        if node.name not in alike or len(alike) < 2:
            return ""
        return alike[(alike.index(node.name) + 1) % len(alike)]


def _named(node: exp.Expression, instead: exp.Expression) -> exp.Expression:
    """What stands instead of a node, under the node's name where it is a column of the result."""
    is_result = node.arg_key == "expressions" and isinstance(node.parent, exp.Select)
    if is_result and isinstance(node, exp.Column) and not isinstance(instead, exp.Alias):
        return exp.alias_(instead, node.name)
    return instead


def node_faults(node: exp.Expression, columns: Columns) -> Iterator[Change]:
    """What can be made wrong at one node."""
    if isinstance(node, exp.Column):
        if not node.name.startswith("hole") and not isinstance(node.this, exp.Star):
            yield from column_faults(node, columns)
    elif isinstance(node, exp.Cast):
        if not isinstance(node.this, exp.Null):
            yield "cast dropped", node.sql("postgres"), node.this.copy()
    elif isinstance(node, exp.AtTimeZone):
        yield "zone dropped", node.sql("postgres"), node.this.copy()
        other = sqlglot.parse_one(f"{node.this.sql('postgres')} AT TIME ZONE 'Asia/Tokyo'")
        yield "zone shifted", node.sql("postgres"), other
    elif isinstance(node, exp.Literal):
        yield from literal_faults(node)
    else:
        yield from structure_faults(node)


def _is_value(node: exp.Expression) -> bool:
    """Whether a node stands in what a SELECT gives, and in no condition."""
    inside = node
    while inside.parent is not None and not isinstance(inside.parent, exp.Select):
        if isinstance(inside, exp.Where | exp.Join | exp.Order | exp.Having | exp.Group):
            return False
        inside = inside.parent
    return inside.arg_key == "expressions"


def column_faults(node: exp.Column, columns: Columns) -> Iterator[Change]:
    """What can be wrong with a column, by its type."""
    name, type_ = node.sql("postgres"), columns.type(node)
    beside = columns.neighbour(node)
    if beside:
        kind = "column to its neighbour" if _is_value(node) else "column of a condition exchanged"
        yield kind, f"{name} -> {beside}", exp.column(beside, table=node.table or None)
    if not _is_value(node):
        return
    for kind, text in value_faults(name, type_):
        yield kind, f"{name} -> {text}", sqlglot.parse_one(text, read="postgres")


def value_faults(name: str, type_: str) -> Iterator[tuple[str, str]]:
    """What a value can wrongly become: kind and expression."""
    yield "column to NULL", f"nullif({name}, {name})"
    if type_ in NUMBERS:
        yield "plus one", f"{name} + 1"
        yield "minus one", f"{name} - 1"
        yield "coalesce to a default", f"coalesce({name}, 0)"
    if type_ in ("numeric", "double precision"):
        yield "rounded", f"round({name}::numeric)"
    if type_ == "date":
        yield "plus one", f"{name} + 1"
        yield "minus one", f"{name} - 1"
    if type_.startswith("time"):
        yield "zone shifted", f"{name} + interval '7 hours'"
        yield "rounded", f"date_trunc('second', {name})" if "stamp" in type_ else f"{name}::time(0)"
    if type_ in TEXTS:
        yield "trimmed", f"btrim({name})"
        yield "lower case", f"lower({name})"

        if name.endswith("timezone"):
            yield "zone fixed", "'America/Los_Angeles'"
    if type_ == "boolean":
        yield "negated", f"NOT {name}"
    if type_ == "jsonb":
        yield "emptied", "'{}'::jsonb"
    if type_ in DEFAULTS:
        yield "coalesce to a default", f"coalesce({name}, {DEFAULTS[type_]})"


def literal_faults(node: exp.Literal) -> Iterator[Change]:
    """A constant that is another one; of a reason's words only the code counts."""
    if isinstance(node.parent, exp.DataType | exp.DataTypeParam | exp.Interval):
        return
    if node.is_int:
        yield "constant plus one", node.this, exp.Literal.number(int(node.this) + 1)
    elif node.is_string and ": " not in node.this and not node.this.startswith(" "):
        yield "constant exchanged", repr(node.this), exp.Literal.string(f"{node.this}x")


def structure_faults(node: exp.Expression) -> Iterator[Change]:
    """Conditions, joins, unions, branches and orders that are other ones."""
    said = node.sql("postgres")[:60]
    if type(node) in COMPARED:
        other = COMPARED[type(node)](this=node.this.copy(), expression=node.expression.copy())
        yield "comparison changed", said, other
        if isinstance(node, exp.And):
            yield "condition dropped", f"first of {said}", node.expression.copy()
            yield "condition dropped", f"second of {said}", node.this.copy()
    elif isinstance(node, exp.Where):
        yield "WHERE dropped", said, None
        yield "WHERE negated", said, exp.Where(this=exp.not_(node.this.copy()))
    elif isinstance(node, exp.Join):
        yield from join_faults(node, said)
    elif isinstance(node, exp.Union):
        copy = node.copy()
        copy.set("distinct", not node.args.get("distinct"))
        yield "UNION ALL to UNION", said, copy
    elif isinstance(node, exp.Select):
        yield from select_faults(node, said)
    elif isinstance(node, exp.Not):
        yield "NOT dropped", said, node.this.copy()
    elif isinstance(node, exp.Coalesce):
        yield "coalesce dropped", said, node.this.copy()
    elif isinstance(node, exp.Ordered):
        copy = node.copy()
        copy.set("desc", not node.args.get("desc"))
        yield "order reversed", said, copy
    elif isinstance(node, exp.Case) and node.args["ifs"]:
        yield from case_faults(node, said)


def join_faults(node: exp.Join, said: str) -> Iterator[Change]:
    """Another kind of join, and one without a condition."""
    if node.args.get("kind") == "CROSS" or isinstance(node.this, exp.Lateral):
        return
    copy = node.copy()
    copy.set("side", None if node.side else "LEFT")
    copy.set("kind", "INNER" if node.side else None)
    yield "join kind changed", said, copy
    loose = node.copy()
    loose.set("on", exp.true())
    yield "ON dropped", said, loose


def select_faults(node: exp.Select, said: str) -> Iterator[Change]:
    """DISTINCT added or dropped, LIMIT dropped."""
    copy = node.copy()
    copy.set("distinct", None if node.args.get("distinct") else exp.Distinct())
    yield ("DISTINCT dropped" if node.args.get("distinct") else "DISTINCT added"), said, copy
    if node.args.get("limit"):
        more = node.copy()
        more.set("limit", None)
        yield "LIMIT dropped", said, more


def case_faults(node: exp.Case, said: str) -> Iterator[Change]:
    """Each branch of a CASE dropped, and two neighbours' results exchanged."""
    branches = node.args["ifs"]
    for place in range(len(branches)):
        if len(branches) > 1:
            copy = node.copy()
            copy.args["ifs"][place].pop()
            yield "branch dropped", f"{place + 1} of {said}", copy
            other = node.copy()
            one, two = other.args["ifs"][place], other.args["ifs"][(place + 1) % len(branches)]
            first, second = one.args["true"].copy(), two.args["true"].copy()
            one.set("true", second)
            two.set("true", first)
            yield "results exchanged", f"{place + 1} of {said}", other
    if node.args.get("default"):
        copy = node.copy()
        copy.set("default", None)
        yield "branch dropped", f"ELSE of {said}", copy
