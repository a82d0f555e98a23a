"""Faults in the statements of schema/target, by named edits of their text.

Queries inside views go through sqlglot (``select_faults``); policies, row level security, grants,
triggers, keys and functions are edited by what can be wrong with each. A statement that nothing
here makes wrong is listed by ``without_fault``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from faults import ROOT, Fault, once, statements
from select_faults import Types, query_faults

Edit = tuple[str, str, str]  # kind, pattern, what stands instead (of the nth match)
VIEW = re.compile(r"(?s)\A(CREATE (?:MATERIALIZED )?VIEW .*? AS\n)(.*?)(\nWITH NO DATA)?;\Z")
EVERY = r"(?s)\A.*\Z"
NOTHING = "SELECT;"

TABLE: list[Edit] = [
    ("NOT NULL dropped", r" NOT NULL", ""),
    ("default dropped", r" DEFAULT (?:'[^']*'|\w+\(\)|\w+)", ""),
    ("default changed", r"(?<= DEFAULT )'(?:solo|active|general|medium|user)'", "'other'"),
    ("type changed", r"(?<= )text(?=[ ,\n])", "varchar"),
    ("type changed", r"(?<= )integer(?=[ ,\n])", "bigint"),
    ("type changed", r"numeric\(4, 1\)", "numeric"),
    ("type changed", r"timestamp with time zone", "timestamp without time zone"),
    ("type changed", r"double precision", "real"),
    ("constraint true", r"(?s)(?<=CHECK )\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", "(true)"),
    ("constraint weaker", r"(?<= )>= 0", ">= -1"),
    ("constraint weaker", r"1900", "1800"),
    ("constraint weaker", r"(?<=\(')(?=\w+', ')", "other', '"),
    ("persistence changed", r"\ACREATE TABLE", "CREATE UNLOGGED TABLE"),
    ("statement dropped", EVERY, NOTHING),
]
ALTER: list[Edit] = [
    ("statement dropped", EVERY, NOTHING),
    ("constraint NOT VALID", r"(?<=\))(?=[,;]\s*(?:\Z|ADD))", " NOT VALID"),
    ("key deferred", r"(?<=\))(?=;\Z)", " DEFERRABLE INITIALLY DEFERRED"),
    ("key cascades", r"(REFERENCES [^(]+\([^)]*\))", r"\1 ON DELETE CASCADE"),
    ("key set to NULL", r"(REFERENCES [^(]+\([^)]*\))", r"\1 ON DELETE SET NULL"),
    ("key to others", r"\(tenant_id, ", "("),
    ("key column exchanged", r"created_by\)", "updated_by)"),
    ("row level security forced", r"ENABLE ROW", "FORCE ROW"),
    ("row level security off", r"ENABLE ROW", "DISABLE ROW"),
    ("ADD dropped", r"(?s),\nADD CONSTRAINT [^,]*?\([^)]*\) REFERENCES [^(]*\([^)]*\)", ""),
]
INDEX: list[Edit] = [
    ("statement dropped", EVERY, NOTHING),
    ("UNIQUE dropped", r"UNIQUE ", ""),
    ("index filter dropped", r"(?s)\sWHERE .*(?=;)", ""),
    ("index filter negated", r"(?s)(?<=WHERE )(.*)(?=;)", r"NOT (\1)"),
    ("index column dropped", r"(?<=\()\w+, ", ""),
    ("index order changed", r" DESC", " ASC"),
]
POLICY: list[Edit] = [
    ("policy dropped", EVERY, NOTHING),
    ("policy true", r"(?s)(?<=USING )\([^()]*(?:\(\)[^()]*)*\)", "(true)"),
    ("policy false", r"(?s)(?<=USING )\([^()]*(?:\(\)[^()]*)*\)", "(false)"),
    ("WITH CHECK true", r"(?s)(?<=WITH CHECK )\([^()]*(?:\(\)[^()]*)*\)", "(true)"),
    ("WITH CHECK dropped", r"(?s)\sWITH CHECK \([^()]*(?:\(\)[^()]*)*\)", ""),
    ("policy to PUBLIC", r" TO (?:authenticated|service_role)", " TO PUBLIC"),
    ("policy for ALL", r" FOR (?:SELECT|UPDATE)", " FOR ALL"),
    ("policy restricts", r" FOR ", " AS RESTRICTIVE FOR "),
    ("policy by another column", r"\btenant_id = ", "id = "),
]
GRANT: list[Edit] = [
    ("grant dropped", EVERY, NOTHING),
    ("grant widened to anon", r"(?<=TO )(?=authenticated|service_role)", "anon, "),
    ("grant widened to PUBLIC", r"(?<=TO )[^;]*", "PUBLIC"),
    ("grant widened to ALL", r"(?<=GRANT )(?:SELECT|INSERT|UPDATE)[^(]*?(?= ON\b)", "ALL"),
    ("grant option", r";\Z", " WITH GRANT OPTION;"),
    ("grant on all columns", r"(?s)(?<=INSERT) ?\((?!id\))[^)]*\)", ""),
    ("grant of a column dropped", r"(?<=\()\w+,\s", ""),
    ("grant of another command", r"(?<=GRANT )SELECT", "REFERENCES"),
    ("grant of a table dropped", r"(?<=ON)(\s)\S+, ", r"\1"),
]
REVOKE: list[Edit] = [("REVOKE dropped", EVERY, NOTHING)]
TRIGGER: list[Edit] = [
    ("trigger dropped", EVERY, NOTHING),
    ("WHEN (false)", r"(?=EXECUTE FUNCTION)", "WHEN (false) "),
    ("BEFORE to AFTER", r"BEFORE", "AFTER"),
    ("event dropped", r"INSERT OR |UPDATE OR | OR UPDATE| OR TRUNCATE", ""),
    ("row to statement", r"FOR EACH ROW", "FOR EACH STATEMENT"),
    ("trigger order changed", r"(?<=TRIGGER )", "zz_"),
    ("another function", r"private\.\w+\(\)(?=;)", "private.drop_given_created_at()"),
]
VIEW_TEXT: list[Edit] = [
    ("view dropped", EVERY, NOTHING),
    ("view runs as its owner", r" WITH \(security_invoker = true\)", ""),
    ("barrier dropped", r" WITH \(security_barrier = true\)", ""),
    ("view filter dropped", r"(?s)\nWHERE\b.*?(?=\n(?:ORDER|GROUP|UNION|WITH NO|LIMIT)\b|;\Z)", ""),
]
FUNCTION: list[Edit] = [
    ("SECURITY DEFINER dropped", r"SECURITY DEFINER\n", ""),
    ("SECURITY DEFINER added", r"(?<=\n)(?=SET search_path)", "SECURITY DEFINER\n"),
    ("search_path removed", r"SET search_path = ''\n", ""),
    ("volatility changed", r"\n(?:STABLE|IMMUTABLE)(?=\n)", "\nVOLATILE"),
    ("function: IF negated", r"(?s)\bIF (?!EXISTS)((?:(?!\bIF\b).)*?)(?=\s+THEN)", r"IF NOT (\1)"),
    ("function: RETURN NULL", r"RETURN (?:NEW|OLD)\b", "RETURN NULL"),
    ("function: exception dropped", r"(?s)RAISE EXCEPTION .*?;", "NULL;"),
    ("function: assignment dropped", r"(?m)^ +(?:NEW\.)?\w+ := [^;]*;", "NULL;"),
    ("function: comparison changed", r" <> ", " = "),
    ("function: AND to OR", r"\bAND\b", "OR"),
    ("function: OR to AND", r"\bOR\b(?! REPLACE)", "AND"),
    ("function: order changed", r"\bDESC\b", "ASC"),
    ("function: lock dropped", r"PERFORM pg_advisory[^;]*;|FOR (?:NO KEY )?UPDATE", ""),
    ("function: number plus one", r"(?<= )(?:1|2|30|60)\b(?!')", "99"),
    ("function: NOT dropped", r"\bNOT (?!NULL)", ""),
    ("function: statement dropped", r"(?m)^ +(?:PERFORM|DELETE|EXECUTE|INSERT)\b[^;]*;", "NULL;"),
]
OTHER: list[Edit] = [
    ("statement dropped", EVERY, NOTHING),
    ("condition dropped", r"\n +AND [^\n]*", ""),
]
BY_BEGINNING: list[tuple[str, list[Edit]]] = [
    (r"CREATE (UNLOGGED )?TABLE", TABLE),
    (r"ALTER TABLE", ALTER),
    (r"CREATE (UNIQUE )?INDEX", INDEX),
    (r"CREATE POLICY", POLICY),
    (r"GRANT", GRANT),
    (r"REVOKE", REVOKE),
    (r"CREATE TRIGGER", TRIGGER),
    (r"CREATE (MATERIALIZED )?VIEW", VIEW_TEXT),
    (r"CREATE (OR REPLACE )?FUNCTION", FUNCTION),
    (r"(DO|CREATE SCHEMA|INSERT|SELECT|REFRESH|ALTER|CREATE)\b", OTHER),
]
# statements that say nothing to the server but to its readers
SAYS_ONLY = re.compile(r"COMMENT ON\b")


def schema_faults(types: Types) -> list[Fault]:
    """The faults of all statements of schema/target, equal ones once."""
    found: list[Fault] = []
    for path, statement, place in every_statement():
        for kind, what, changed in statement_faults(statement, types):
            text = (ROOT / path).read_text("utf-8")
            whole = text[:place] + changed + text[place + len(statement) :]
            found.append(Fault("sql", kind, f"{path}: {_name(statement)}", what, path, whole))
    return once(found)


def without_fault(types: Types) -> list[str]:
    """The statements of schema/target that nothing here makes wrong."""
    return [
        f"{path}: {_name(statement)}"
        for path, statement, _ in every_statement()
        if not any(True for _ in statement_faults(statement, types))
    ]


def every_statement() -> Iterator[tuple[str, str, int]]:
    """Path, text and place of every statement of schema/target."""
    for path in sorted((ROOT / "schema" / "target").glob("*/*.sql")):
        text = path.read_text("utf-8")
        for start, end in statements(text):
            yield str(path.relative_to(ROOT)), text[start:end], start


def statement_faults(statement: str, types: Types) -> Iterator[tuple[str, str, str]]:
    """The faults of one statement: kind, what, the statement instead."""
    if SAYS_ONLY.match(statement):
        return
    edits = next((each for start, each in BY_BEGINNING if re.match(start, statement)), [])
    for kind, pattern, instead in edits:
        for place, match in enumerate(re.finditer(pattern, statement), start=1):
            changed = statement[: match.start()] + match.expand(instead) + statement[match.end() :]
            if changed != statement:
                yield kind, f"{place}: {' '.join(match[0].split())[:60]}", changed
    if found := VIEW.match(statement):
        head, text, tail = found.groups(default="")
        for kind, what, changed in query_faults(text, types):
            yield f"view: {kind}", what, f"{head}{changed}{tail};"


def _name(statement: str) -> str:
    """The beginning of a statement."""
    return " ".join(statement.split("(", maxsplit=1)[0].split())[:70]
